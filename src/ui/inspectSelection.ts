import type { SimClient } from '../workers'
import type { CityView } from './cityView'
import { store } from './stores/store'

/** Asks the run for what is chosen: a road, a person or a vehicle. Followed, and gone, it is let go. */
export async function inspectSelection(client: SimClient | null, view: CityView): Promise<void> {
  const { selection } = store.getState()
  if (!client?.info || !selection) return
  if (selection.kind === 'link') {
    const report = await client.ask(host => host.inspectLink(selection.link))
    if (report.ok && store.getState().selection === selection) store.setState({ linkReport: report.value })
  } else if (selection.kind === 'person') {
    const report = await client.ask(host => host.inspectPerson(selection.slot))
    if (report.ok && store.getState().selection === selection) store.setState({ personReport: report.value })
  } else if (selection.kind === 'vehicle') {
    const report = await client.ask(host => host.inspectVehicle(selection.slot))
    if (!report.ok || store.getState().selection !== selection) return
    const found = report.value
    if (found && selection.trip === -1) store.setState({ selection: { ...selection, trip: found.trip }, vehicleReport: found })
    else if (found && found.trip === selection.trip) store.setState({ vehicleReport: { ...found, route: sameRoute(store.getState().vehicleReport?.route, found.route) } })
    else {
      store.setState({ vehicleReport: null, following: false })
      view.follow(null)
    }
  }
}

/** The old list where nothing changed, so that the map is not asked to draw the same way again. */
function sameRoute(before: readonly number[] | undefined, after: readonly number[]): readonly number[] {
  return before && before.length === after.length && before[0] === after[0] && before.at(-1) === after.at(-1) ? before : after
}
