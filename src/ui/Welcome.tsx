import { Ban, FileArchive, Presentation, Signpost, type LucideIcon } from 'lucide-react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { PanelFrame } from './parts/PanelFrame'
import { store } from './stores/store'
import { enterWall } from './wall/wallMode'

/** Shown once, on the first visit: the tour, and where a planner, a presenter and a researcher each begin. */
export default function Welcome({ onClose }: { onClose: () => void }): ReactElement {
  const { t } = useTranslation()
  const starts: readonly { name: string; icon: LucideIcon; act: () => void }[] = [
    { name: 'tour', icon: Signpost, act: () => store.getState().setTourStop(0) },
    { name: 'plan', icon: Ban, act: () => store.getState().setTool('close') },
    { name: 'present', icon: Presentation, act: enterWall },
    { name: 'research', icon: FileArchive, act: () => store.getState().show('scenarios') },
  ]
  return (
    <PanelFrame title={t('welcome.title')} intro={t('welcome.intro')} onClose={onClose}>
      <ul className="cards">
        {starts.map(({ name, icon: Icon, act }) => (
          <li key={name}>
            <button type="button" className="card welcome-card" onClick={() => { onClose(); act() }}>
              <Icon aria-hidden size="1.3rem" strokeWidth={1.8} />
              <span><b>{t(`welcome.${name}`)}</b><span className="soft">{t(`welcome.${name}Note`)}</span></span>
            </button>
          </li>
        ))}
      </ul>
    </PanelFrame>
  )
}
