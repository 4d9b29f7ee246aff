import '../styles/results.css'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { PanelFrame } from '../parts/PanelFrame'
import { Segments } from '../parts/Segments'
import { CrowdsNow } from './where/CrowdsNow'
import { EstatesNow } from './where/EstatesNow'
import { EventsNow } from './where/EventsNow'
import { Jams } from './where/Jams'
import { TaxisNow } from './where/TaxisNow'

const parts = { jams: Jams, crowds: CrowdsNow, taxis: TaxisNow, events: EventsNow, estates: EstatesNow } as const
type Part = keyof typeof parts

/** The five questions that are asked of a city at any moment; each row flies to its place. */
export default function WherePanel({ onClose }: { onClose: () => void }): ReactElement {
  const { t } = useTranslation()
  const [part, setPart] = useState<Part>('jams')
  const Content = parts[part]
  return (
    <PanelFrame title={t(`where.${part}Title`)} intro={t(`where.${part}Intro`)} onClose={onClose}>
      <Segments label={t('where.label')} value={part} onChange={setPart} options={(Object.keys(parts) as Part[]).map(value => ({ value, text: t(`where.${value}`) }))} />
      <Content />
    </PanelFrame>
  )
}
