import { useMemo, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { metroLayer } from '../../city'
import type { MetroEdit, ScenarioEdit } from '../../scenario'
import { stateOf } from '../model/editsInForce'
import { stationsOfChange } from '../model/metro'
import { store, useApp } from '../stores/store'
import { MapTags, type MapTag } from './MapTags'
import { useLayer } from './useLayer'

const STATION_WITHIN = 12_000, LINE_WITHIN = 6000 // m from the eye
const none: readonly ScenarioEdit[] = []

/** Word at the stations that changes of the metro are about, from when they are planned until they are over. */
export function MetroTags({ now }: { now: number }): ReactElement {
  const { t } = useTranslation()
  const layer = useLayer(metroLayer)
  const edits = useApp(({ scenario }) => scenario?.edits ?? none)
  const shown = useMemo(() => edits.filter((edit): edit is MetroEdit => edit.kind === 'metro'), [edits])
  // Looked at anew only when one begins or ends.
  const states = shown.map(edit => stateOf(edit, now)).join()
  const tags = useMemo((): MapTag[] => {
    const held = states.split(',')
    return layer ? shown.flatMap((edit, at) => (held[at] === 'off' || held[at] === 'over' ? [] : stationsOfChange(edit, layer).map((row): MapTag => {
      const text = edit.change.what === 'setHeadway' ? t('edits.setHeadway', { minutes: edit.change.minutes }) : t(`edits.${edit.change.what}`)
      return {
        id: `${edit.id} ${row}`, at: [layer.stations.x[row]!, layer.stations.y[row]!], height: null, tone: edit.change.what === 'setHeadway' ? 'gate' : 'barrier',
        text: held[at] === 'active' ? text : `${text} · ${t('edits.upcoming', { time: edit.window.start.slice(0, 5) })}`,
        within: edit.change.what === 'closeStation' ? STATION_WITHIN : LINE_WITHIN, onClick: () => store.getState().select({ kind: 'station', row }),
      }
    }))) : []
  }, [layer, shown, states, t])
  return <MapTags tags={tags} />
}
