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
export function MovementList({ network, program, movements, onChange }: Props): ReactElement {
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
    <ul className="movements">
      {movementsOf(network, program).map(movement => {
        const own = lightsOf(network, program, movement)
        const lights = movements.find(isFor(movement))?.lights ?? own
        const name = movementName(network, movement, t)
        return (
          <li key={`${movement.link} ${movement.turn}`}>
            {name}
            <span>
              {own.map((_, stage) => (
                <select key={stage} aria-label={t('signalPlan.lightOf', { movement: name, stage: stage + 1 })} data-light={lights[stage]} data-changed={lights[stage] !== own[stage] || undefined}
                  value={lights[stage]} onChange={({ target }) => choose(movement, stage, target.value as MovementLight)}>
                  {choices.map(light => <option key={light} value={light}>{stage + 1} {t(`signalPlan.light.${light}`)}</option>)}
                </select>
              ))}
            </span>
          </li>
        )
      })}
    </ul>
  )
}

/** "Shennan Avenue eastbound, left". */
export function movementName(network: Network, { link, turn }: Pick<Movement, 'link' | 'turn'>, t: (key: string, values?: Record<string, string>) => string): string {
  const road = (session.city && roadName(session.city, link)?.name) ?? t('inspector.unnamed')
  return t('signalPlan.movementName', { road, heading: t(`heading.${linkOctant(network, link)}`), turn: t(`signalPlan.turn.${turn}`) })
}
