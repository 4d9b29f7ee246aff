import type { ReactElement } from 'react'
import { store, useApp } from '../stores/store'
import { AreaCard } from './AreaCard'
import { BuildingCard } from './BuildingCard'
import { DrawCard } from './DrawCard'
import { NodeCard } from './NodeCard'
import { LinkCard } from './LinkCard'
import { MarkCard } from './MarkCard'
import { LineCard, MetroPlaceCard, StationCard } from './MetroCards'
import { PersonCard } from './PersonCard'
import { PlaceCard } from './PlaceCard'
import { VehicleCard } from './VehicleCard'

/** The card of whatever was clicked last. */
export default function Inspector(): ReactElement | null {
  const selection = useApp(state => state.selection)
  const drawing = useApp(state => state.tool === 'draw')
  const close = (): void => store.getState().select(null)
  if (drawing) return <DrawCard onClose={() => store.getState().setTool('inspect')} />
  switch (selection?.kind) {
    case undefined: return null
    case 'link': return <LinkCard key={selection.link} link={selection.link} onClose={close} />
    case 'vehicle': return <VehicleCard key={selection.slot} slot={selection.slot} onClose={close} />
    case 'person': return <PersonCard key={selection.slot} slot={selection.slot} onClose={close} />
    case 'place': return selection.place.kind.startsWith('metro') ? <MetroPlaceCard place={selection.place} onClose={close} /> : <PlaceCard place={selection.place} onClose={close} />
    case 'building': return <BuildingCard key={selection.row} row={selection.row} onClose={close} />
    case 'station': return <StationCard key={selection.row} row={selection.row} onClose={close} />
    case 'metroLine': return <LineCard key={selection.row} row={selection.row} onClose={close} />
    case 'area': return <AreaCard key={selection.id} id={selection.id} onClose={close} />
    case 'mark': return <MarkCard key={selection.id} id={selection.id} onClose={close} />
    case 'node': return <NodeCard key={selection.row} row={selection.row} onClose={close} />
  }
}
