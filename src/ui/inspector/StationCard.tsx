import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { metroLayer, type LayerOf } from '../../city'
import { language } from '../i18n'
import { CardFrame } from './CardFrame'
import { useLayer } from './useLayer'

/** A metro station and the lines that stop there, in their colours. */
export function StationCard({ row, onClose }: { row: number; onClose: () => void }): ReactElement | null {
  const { t } = useTranslation()
  const layer = useLayer(metroLayer)
  if (!layer) return null
  const { stations, lines, strings } = layer
  const english = language() === 'en'
  const name = strings[stations.name[row]!] ?? ''
  const nameEn = strings[stations.nameEn[row]!] ?? ''
  const here = linesAt(layer, row)
  return (
    <CardFrame kind={t('inspector.station')} title={english && nameEn ? nameEn : name} subtitle={english ? name : nameEn} onClose={onClose}>
      {here.length > 1 && <p className="soft">{t('inspector.transfer', { count: here.length })}</p>}
      <ul className="metro-lines">
        {here.map(line => (
          <li key={line} style={{ '--line-colour': `#${lines.color[line]!.toString(16).padStart(6, '0')}` } as React.CSSProperties}>
            {strings[(english ? lines.nameEn : lines.name)[line]!] ?? strings[lines.code[line]!]}
          </li>
        ))}
      </ul>
    </CardFrame>
  )
}

function linesAt({ lines, stops }: LayerOf<typeof metroLayer>, station: number): number[] {
  const found: number[] = []
  for (let line = 0; line < lines.rows; line++) {
    const first = lines.stopFirst[line]!
    for (let stop = first; stop < first + lines.stopCount[line]!; stop++) {
      if (stops.station[stop] === station) { found.push(line); break }
    }
  }
  return found
}
