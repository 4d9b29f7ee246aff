import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { lightsOf, movementsOf, type Movement, type MovementLight, type MovementLights } from '../../scenario'
import type { Network } from '../../sim'
import { linkOctant } from '../model/cityModel'
import { roadName } from '../model/places'
import { session } from '../session'

const choices: readonly MovementLight[] = ['go', 'yield', 'stop']

interface Props {
  /** As compiled. */
  readonly network: Network
  readonly program: number
  /** Movements with other lights than the compiled ones. */
  readonly movements: readonly MovementLights[]
  readonly onChange: (movements: readonly MovementLights[]) => void
}

/** Who goes in which stage of a junction's signals: a light for each movement and stage, to be chosen. */
export function MovementTable({ network, program, movements, onChange }: Props): ReactElement {
  const { t } = useTranslation()
  const named = (movement: Movement): Pick<MovementLights, 'from' | 'turn'> => ({ from: network.strings[network.links.id[movement.link]!]!, turn: movement.turn })
  const isFor = (movement: Movement) => ({ from, turn }: MovementLights): boolean => from === named(movement).from && turn === movement.turn

  function choose(movement: Movement, stage: number, light: MovementLight): void {
    const own = lightsOf(network, program, movement)
    const lights = (movements.find(isFor(movement))?.lights ?? own).map((before, at) => (at === stage ? light : before))
    const others = movements.filter(each => !isFor(movement)(each))
    onChange(lights.every((each, at) => each === own[at]) ? others : [...others, { ...named(movement), lights }])
  }

  return (
    <div className="movement-scroll">
      <table className="movements">
        <thead><tr><th scope="col">{t('signalPlan.movement')}</th>{lightsOf(network, program, movementsOf(network, program)[0]!).map((_, stage) => <th key={stage} scope="col">{stage + 1}</th>)}</tr></thead>
        <tbody>
          {movementsOf(network, program).map(movement => {
            const own = lightsOf(network, program, movement)
            const lights = movements.find(isFor(movement))?.lights ?? own
            const name = movementName(network, movement, t)
            return (
              <tr key={`${movement.link} ${movement.turn}`}>
                <th scope="row">{name}</th>
                {own.map((_, stage) => (
                  <td key={stage}>
                    <select aria-label={t('signalPlan.lightOf', { movement: name, stage: stage + 1 })} data-light={lights[stage]} data-changed={lights[stage] !== own[stage] || undefined}
                      value={lights[stage]} onChange={({ target }) => choose(movement, stage, target.value as MovementLight)}>
                      {choices.map(light => <option key={light} value={light}>{t(`signalPlan.light.${light}`)}</option>)}
                    </select>
                  </td>
                ))}
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

/** "Shennan Avenue eastbound, left". */
export function movementName(network: Network, { link, turn }: Pick<Movement, 'link' | 'turn'>, t: (key: string, values?: Record<string, string>) => string): string {
  const road = (session.city && roadName(session.city, link)?.name) ?? t('inspector.unnamed')
  return t('signalPlan.movementName', { road, heading: t(`heading.${linkOctant(network, link)}`), turn: t(`signalPlan.turn.${turn}`) })
}
