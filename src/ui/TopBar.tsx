import { Earth, GitCompareArrows, House, Languages, Redo2, Undo2 } from 'lucide-react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { language, setLanguage, withTexts } from './i18n'
import { IconButton } from './parts/IconButton'
import { lazyPart } from './parts/lazyPart'
import { Logo } from './parts/Logo'
import { Tip } from './parts/Tip'
import { SearchBox } from './SearchBox'
import { session } from './session'
import { store, useApp } from './stores/store'
import { Transport } from './Transport'

/** No part of opening the city. */
const MoreMenu = lazyPart(withTexts(() => import('./MoreMenu')))

/** Three islands: where we are, when we are, and what one can do with it. */
export function TopBar(): ReactElement {
  const { t } = useTranslation()
  const running = useApp(state => state.phase === 'running')
  const scenario = useApp(state => state.scenario)
  const canUndo = useApp(state => state.undoStack.length > 0)
  const canRedo = useApp(state => state.redoStack.length > 0)
  const keeping = useApp(state => state.keeping)
  const panel = useApp(state => state.panel)
  const globe = useApp(state => state.globe)
  const { show, setGlobe, undo, redo } = store.getState()
  const lang = language()
  return (
    <header className="top">
      <div className="island glass top-brand">
        <Logo />
        <h1>{lang === 'zh' ? <>鹏城<small>Pengcheng</small></> : <>Pengcheng<small>鹏城</small></>}</h1>
        {scenario && (
          <Tip text={t('rail.scenarios')}>
            <button type="button" className="scenario-name" aria-expanded={panel === 'scenarios'} onClick={() => show('scenarios')}>
              <small data-testid="kept" data-state={keeping}>{t(`kept.${keeping}`)}</small>
              <span>{scenario.name[lang]}</span>
            </button>
          </Tip>
        )}
      </div>
      <Transport />
      <div className="island glass top-tools">
        <SearchBox />
        <span className="wide-only"><IconButton icon={House} label={t('top.home')} keys="H" onClick={() => session.view.home()} /></span>
        <span className="wide-only"><IconButton icon={Earth} label={t(globe ? 'top.city' : 'top.globe')} keys="O" onClick={() => setGlobe(!globe)} /></span>
        <span className="divider wide-only" />
        <span className="roomy-only"><IconButton icon={Undo2} label={t('top.undo')} keys="Ctrl Z" disabled={!canUndo} onClick={undo} /></span>
        <span className="roomy-only"><IconButton icon={Redo2} label={t('top.redo')} keys="Ctrl Y" disabled={!canRedo} onClick={redo} /></span>
        <button type="button" className="button primary top-compare" aria-pressed={panel === 'compare'} onClick={() => show('compare')}>
          <GitCompareArrows aria-hidden size="1.1rem" /> <span>{t('top.compare')}</span>
        </button>
        <span className="divider wide-only" />
        <Tip text={t('top.languageLabel')}>
          <button type="button" className="icon-button text-button wide-only" aria-label={`${t('top.language')} · ${t('top.languageLabel')}`} onClick={() => setLanguage(lang === 'zh' ? 'en' : 'zh')}>
            <Languages aria-hidden size="1.1rem" strokeWidth={1.9} /><span lang={lang === 'zh' ? 'en' : 'zh-CN'}>{t('top.language')}</span>
          </button>
        </Tip>
        {running && <MoreMenu />}
      </div>
    </header>
  )
}
