import '../styles/changes.css'
import { Ban, Building2, ChartNoAxesGantt, CloudRain, PencilLine, TrainFront, type LucideIcon } from 'lucide-react'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { MetroForm } from '../inspector/MetroForm'
import { store } from '../stores/store'
import { WeatherForm } from './WeatherForm'

type Form = 'rain' | 'metro'

/** What can be changed that no click on the map begins, and the tools for what one does. */
export function AddChange(): ReactElement {
  const { t } = useTranslation()
  const [form, setForm] = useState<Form | null>(null)
  const { setTool, draw, openDialog } = store.getState()
  const done = (): void => setForm(null)
  if (form === 'rain') return <WeatherForm onDone={done} />
  if (form === 'metro') return <MetroForm onDone={done} />
  const ways: readonly { readonly key: string; readonly icon: LucideIcon; readonly text: string; readonly act: () => void }[] = [
    { key: 'plan-closure', icon: Ban, text: t('edits.start'), act: () => setTool('close') },
    { key: 'plan-drawing', icon: PencilLine, text: t('rail.draw'), act: () => setTool('draw') },
    { key: 'plan-rain', icon: CloudRain, text: t('edits.weather'), act: () => setForm('rain') },
    { key: 'plan-metro-change', icon: TrainFront, text: t('edits.metro'), act: () => setForm('metro') },
    { key: 'plan-green-wave', icon: ChartNoAxesGantt, text: t('corridor.title'), act: () => openDialog('corridor') },
    { key: 'plan-housing', icon: Building2, text: t('edits.housing'), act: () => draw('housing') },
  ]
  return (
    <section className="add-change" aria-label={t('edits.add')}>
      <h3>{t('edits.add')}</h3>
      <div>{ways.map(({ key, icon: Icon, text, act }) => <button key={key} type="button" className="add-tile" data-testid={key} onClick={act}><Icon aria-hidden size="1.15rem" strokeWidth={1.8} /> {text}</button>)}</div>
    </section>
  )
}
