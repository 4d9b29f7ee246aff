import { Switch } from 'radix-ui'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { PanelFrame } from '../parts/PanelFrame'
import { Segments } from '../parts/Segments'
import { store, useApp } from '../stores/store'
import type { LayerName } from '../stores/viewSlice'

const names: readonly LayerName[] = ['vehicles', 'people', 'areas', 'buildings', 'metro', 'labels', 'districts', 'trees']

/** What the map shows and in which light. */
export default function LayersPanel({ onClose }: { onClose: () => void }): ReactElement {
  const { t } = useTranslation()
  const roadColours = useApp(state => state.roadColours)
  const palette = useApp(state => state.palette)
  const light = useApp(state => state.light)
  const layers = useApp(state => state.layers)
  const compared = useApp(state => state.comparison.result !== null)
  const { setPalette, setRoadColours, setLight, setLayer } = store.getState()
  return (
    <PanelFrame title={t('layers.title')} onClose={onClose}>
      <h3>{t('layers.roads')}</h3>
      <Segments label={t('layers.roads')} value={roadColours} onChange={setRoadColours} options={[
        { value: 'congestion', text: t('layers.congestion') },
        { value: 'none', text: t('layers.none') },
        { value: 'difference', text: t('layers.difference'), disabled: !compared, ...(compared ? {} : { title: t('layers.differenceNeeds') }) },
      ]} />
      <h3>{t('layers.palette')}</h3>
      <Segments label={t('layers.palette')} value={palette} onChange={setPalette} options={[{ value: 'usual', text: t('layers.usual') }, { value: 'safe', text: t('layers.safe'), title: t('layers.safeNote') }]} />
      <h3>{t('layers.light')}</h3>
      <Segments label={t('layers.light')} value={light} onChange={setLight} options={[
        { value: 'clock', text: t('layers.clock') }, { value: 'noon', text: t('layers.noon') },
        { value: 'dusk', text: t('layers.dusk') }, { value: 'night', text: t('layers.night') },
      ]} />
      <h3>{t('layers.shown')}</h3>
      <ul className="switches">
        {names.map(name => (
          <li key={name}>
            <label htmlFor={`layer-${name}`}>{t(`layers.${name}`)}</label>
            <Switch.Root id={`layer-${name}`} className="switch" checked={layers[name]} onCheckedChange={on => setLayer(name, on)}>
              <Switch.Thumb className="switch-thumb" />
            </Switch.Root>
          </li>
        ))}
      </ul>
    </PanelFrame>
  )
}
