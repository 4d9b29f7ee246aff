import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { language } from '../i18n'
import { session } from '../session'
import { DialogFrame } from './DialogFrame'

/** Where the city's data come from, from the manifest of its pack. */
export default function CreditsDialog({ onClose }: { onClose: () => void }): ReactElement {
  const { t } = useTranslation()
  const manifest = session.city?.pack.manifest
  return (
    <DialogFrame title={t('credits.title')} closeLabel={t('credits.close')} onClose={onClose}>
      <p>{t('credits.intro', { city: manifest?.name[language()] ?? '' })}</p>
      <div className="table-wrap" role="region" aria-label={t('credits.title')} tabIndex={0}>
        <table>
          <thead><tr><th>{t('credits.layer')}</th><th>{t('credits.source')}</th><th>{t('credits.licence')}</th><th>{t('credits.date')}</th></tr></thead>
          <tbody>
            {manifest?.layers.flatMap(layer => layer.sources.map((source, index) => (
              <tr key={`${layer.name} ${index}`}>
                <td>{index === 0 ? t(`packLayer.${layer.name}`, { defaultValue: layer.name }) : ''}</td><td>{source.attribution || source.name}</td><td>{source.licence}</td><td>{source.date}</td>
              </tr>
            )))}
          </tbody>
        </table>
      </div>
      <p className="soft">{t('credits.software')}</p>
      <p><a href="validate.html">{t('credits.validation')}</a></p>
    </DialogFrame>
  )
}
