/**
 * The scenario document: everything a planner sets, as JSON. Times are "HH:MM" or "HH:MM:SS" of the simulated day;
 * units are in the names, as everywhere at an edge.
 */
export interface Scenario {
  readonly format: 'pengcheng-scenario'
  readonly version: 1
  readonly id: string
  readonly name: { readonly zh: string; readonly en: string }
  readonly description?: { readonly zh: string; readonly en: string }
  /** Pack id: a folder under assets/. */
  readonly city: string
  readonly window: { readonly start: string; readonly end: string }
  readonly seed: number
  readonly demand: DemandSettings
  /** What raises an alarm about people on foot; what is absent, or all of it, is as `crowdLimits` of the simulation has it. */
  readonly crowdLimits?: CrowdLimitSettings
  /** In the order in which they were made. */
  readonly edits: readonly ScenarioEdit[]
  /** What is done when a measure passes a threshold during the run. */
  readonly rules?: readonly ResponseRule[]
}

/** Thresholds of alarms about people on foot; sources stand beside the defaults, `crowdLimits` in src/sim/people. */
export interface CrowdLimitSettings {
  /** p/m² from which a crowd is unstable, and dangerous. */
  readonly unstable?: number
  readonly dangerous?: number
  /** Crowd pressure, 1/s². */
  readonly turbulent?: number
  /** s that density or pressure must last. */
  readonly holdSeconds?: number
  /** Persons by metre and minute over a line, on level ground and on steps. */
  readonly flowLevel?: number
  readonly flowStepped?: number
  /** min to clear a platform, and until its people are in safety. */
  readonly platformMinutes?: number
  readonly safetyMinutes?: number
}

export interface DemandSettings {
  /** 1 = the calibrated weekday. */
  readonly scale: number
  /** Share of drivers who reroute on live times, 0..1. */
  readonly rerouteShare: number
  /** Drivers keep right and overtake on the left; absent = they choose lanes by gain alone. */
  readonly keepRight?: boolean
}

/** Edits of the city within the scenario. Each has a stable id and can be switched off. */
export type ScenarioEdit = NetworkEdit | GroundEdit | CityEdit | EventEdit

/** [longitude, latitude], WGS84 degrees. */
export type Position = readonly [number, number]

/** Edits of the road network, which leave everybody's trips as they are. */
export type NetworkEdit = ClosureEdit | TurnClosureEdit | LaneUseEdit | SpeedLimitEdit | CapacityEdit | FloodEdit | WeatherEdit | SignalPlanEdit | MessageEdit

/** What an edit or a rule is called: as its planner wrote it, or in both languages. */
export type Label = string | { readonly zh: string; readonly en: string }

interface EditBase {
  readonly id: string
  readonly label?: Label
  readonly enabled: boolean
  readonly window: { readonly start: string; readonly end: string }
}

/** Closes lanes of links for classes of vehicles within the window; it reopens by itself. */
export interface ClosureEdit extends EditBase {
  readonly kind: 'closure'
  readonly target: RoadTarget
  /** 'all', or the number of lanes to close counted from the kerb or from the median; one stays open where the road narrows. */
  readonly lanes: 'all' | { readonly count: number; readonly side: 'kerb' | 'median' }
  /** Classes that are shut out; absent = all. Emergency vehicles never are. */
  readonly classes?: readonly ClosableClass[]
}

export type ClosableClass = 'car' | 'taxi' | 'bus' | 'lorry' | 'ebike'

/** Gives lanes to some classes of vehicles within the window, such as a bus lane; where the road narrows one lane stays open to all. */
export interface LaneUseEdit extends EditBase {
  readonly kind: 'laneUse'
  readonly target: RoadTarget
  readonly laneCount: number
  /** From where they are counted. */
  readonly side: 'kerb' | 'median'
  /** Classes that may use them. Emergency vehicles always may. */
  readonly classes: readonly ClosableClass[]
}

/** Water on a road: drivers go as slowly as its depth has them, and not at all from `FLOOD_SHUT` on. */
export interface FloodEdit extends EditBase {
  readonly kind: 'flood'
  readonly target: RoadTarget
  /** Of the standing water, mm. */
  readonly depthMm: number
}

/** Drivers whose way leads over a road are told of it, by signs and by phone: a share of them look for a better way by the present times of all roads, and take it if there is one. */
export interface MessageEdit extends EditBase {
  readonly kind: 'message'
  readonly target: RoadTarget
  /** Of those who do not drive by present times anyway. */
  readonly share: number
}

/** Bans turns at junctions, each from one link into another, for classes of vehicles within the window. */
export interface TurnClosureEdit extends EditBase {
  readonly kind: 'turnClosure'
  readonly turns: readonly TurnTarget[]
  /** Classes that may not turn; absent = all. Emergency vehicles always may. */
  readonly classes?: readonly ClosableClass[]
}

/** All lanes' turns from one link into the next, by stable link ids. */
export interface TurnTarget { readonly from: string; readonly to: string }

export interface SpeedLimitEdit extends EditBase {
  readonly kind: 'speedLimit'
  readonly target: RoadTarget
  readonly speedLimitKmh: number
}

/** Makes a road carry less: works or an accident beside it, which make drivers keep longer gaps. */
export interface CapacityEdit extends EditBase {
  readonly kind: 'capacity'
  readonly target: RoadTarget
  /** Flow that each lane still carries by that of the free road. */
  readonly capacityShare: number
}

/** Rain, wind or both over the whole city: drivers go slower and keep longer gaps. Of several edits the one that began last holds. */
export interface WeatherEdit extends EditBase {
  readonly kind: 'weather'
  readonly rain?: Rain
  /** Force of the mean wind on the Beaufort scale. */
  readonly windBeaufort?: number
}

export type Rain = 'light' | 'medium' | 'heavy'

/**
 * Other times for the signals of one junction, by the clock, and other movements in its stages. Their number, yellows
 * and all-reds stay; the cycle is the sum of all. A plan that lets two movements go that cross is refused.
 */
export interface SignalPlanEdit extends EditBase {
  readonly kind: 'signalPlan'
  /** Stable id of the junction. */
  readonly node: string
  /** Green of each stage, s. */
  readonly greens: readonly number[]
  /** Start of the first stage after midnight, s, less than the cycle; absent = the junction's own. */
  readonly offset?: number
  /** Movements with other lights than the junction's own; absent = none. */
  readonly movements?: readonly MovementLights[]
}

/** What a movement over a junction is shown in each stage, in their order: it goes, it may go giving way, it stops. */
export interface MovementLights {
  /** Stable id of the link that it comes from. */
  readonly from: string
  readonly turn: MovementTurn
  readonly lights: readonly MovementLight[]
}
export type MovementTurn = 'left' | 'straight' | 'right' | 'uTurn'
export type MovementLight = 'go' | 'yield' | 'stop'

/** Stewards' measures on ground that people walk on, and lines across which they are counted. Whoever is there heeds them within the window. */
export type GroundEdit = BarrierEdit | GateEdit | CountLineEdit

interface OnGround {
  /** Floor that it stands on, as "area/floor"; absent = the uppermost floor under its middle. */
  readonly level?: string
}

/** A fence that nobody crosses, or only in one direction. */
export interface BarrierEdit extends EditBase, OnGround {
  readonly kind: 'barrier'
  readonly line: readonly Position[]
  /** Whom it lets through, seen along the line from its first point; absent = nobody. */
  readonly passage?: Passage
}

/** A place where stewards let so many persons a minute through, or nobody. */
export interface GateEdit extends EditBase, OnGround {
  readonly kind: 'gate'
  /** From fence to fence; or a way of an area, such as "civic-center/portal:3", around which the fences are put as well. */
  readonly at: readonly [Position, Position] | string
  /** 0 = closed. */
  readonly personsPerMinute: number
  /** Whom it lets through, seen along the line from its first point; of a way `toLeft` leads out of the ground. Absent = both. */
  readonly passage?: Passage
}

/** Counts the persons who cross it, each way; nobody heeds it. */
export interface CountLineEdit extends EditBase, OnGround {
  readonly kind: 'countLine'
  /** Its two ends. */
  readonly line: readonly Position[]
}

export type Passage = 'toLeft' | 'toRight'

/**
 * When a measure has been beyond a threshold for some time, actions are taken; they hold until the measure is back, or
 * until the window ends. Looked at every `RULE_SECONDS` of the run.
 */
export interface ResponseRule {
  readonly id: string
  readonly label?: Label
  readonly enabled: boolean
  /** Within it the rule may act. */
  readonly window: { readonly start: string; readonly end: string }
  readonly when: RuleCondition
  /** When the actions end: the measure is back beyond this threshold, for so long. Absent = when the window ends. */
  readonly release?: RuleRelease
  readonly actions: readonly RuleAction[]
  /** s from its end until it may begin again; absent = 0. */
  readonly cooldownSeconds?: number
}

export interface RuleRelease { readonly threshold: number; readonly afterSeconds: number }

/** A measure, the threshold that it passes (one of `above` and `below`, in its unit), and how long it must be beyond it. */
export type RuleCondition = RuleMeasured & { readonly above?: number; readonly below?: number; readonly forSeconds: number }

export type RuleMeasured =
  /** p/m²: persons on the ground of an area ("civic-center"), a floor ("civic-center/ground") or a circle. */
  | { readonly measure: 'crowdDensity'; readonly place: string | Circle }
  /** Persons at a gate: id of a `gate` of the document, or a gate of an area. */
  | { readonly measure: 'gateQueue'; readonly gate: string }
  /** Persons in line for taxis, by area. */
  | { readonly measure: 'rankQueue'; readonly rank: string }
  /** Persons, or p/m², on the fullest platform of a station, by name, or on a floor. */
  | { readonly measure: 'platformLoad' | 'platformDensity'; readonly station: string }
  /** Persons a minute over a `countLine` of the document, both ways. */
  | { readonly measure: 'lineFlow'; readonly line: string }
  /** Vehicles that stand on a road; mean speed of all on it, km/h. */
  | { readonly measure: 'roadQueue' | 'roadSpeed'; readonly target: RoadTarget }

export interface Circle extends OnGround { readonly middle: Position; readonly radiusM: number }

/** What an edit does, without a window of its own. */
export type RuleAction = Action<ClosureEdit> | Action<TurnClosureEdit> | Action<LaneUseEdit> | Action<SpeedLimitEdit> | Action<CapacityEdit> | Action<MessageEdit> | Action<SignalPlanEdit> | Action<BarrierEdit> | Action<GateEdit> | HeadwayAction

/** Trains of a line leave its ends every so many minutes from the next one on, for as long as the rule acts. */
export interface HeadwayAction { readonly kind: 'metro'; readonly change: Extract<MetroChange, { readonly what: 'setHeadway' }> }

type Action<Edit extends EditBase> = Omit<Edit, keyof EditBase>

/** Edits of the city beside its roads: another day for those who live there or ride the metro, so the run begins again. */
export type CityEdit = MetroEdit | HousingEdit

/** The metro runs otherwise within the window; whoever rides knows it. */
export interface MetroEdit extends EditBase {
  readonly kind: 'metro'
  readonly change: MetroChange
}

/** Lines and stations by name, Chinese or English, lines by code ("11") too. */
export type MetroChange =
  /** No train leaves an end of the line; those under way go on to theirs. */
  | { readonly what: 'suspendLine'; readonly line: string }
  /** Trains leave the ends of the line every so many minutes. */
  | { readonly what: 'setHeadway'; readonly line: string; readonly minutes: number }
  /** Nobody gets on, off or changes there. */
  | { readonly what: 'closeStation'; readonly station: string }

/** An estate that is not there yet: its people drive as those of the homes around it do. */
export interface HousingEdit extends EditBase {
  readonly kind: 'housing'
  readonly name: string
  readonly position: Position
  readonly persons: number
  readonly carsPerPerson: number
  /** Where its cars come on to the road; absent = on the street nearest to it. */
  readonly access?: Position
}

/** People who drive or are driven to a place and leave it again. Arrivals precede `window.start`, departures follow `window.end`. */
export interface EventEdit extends EditBase {
  readonly kind: 'event'
  /** Venue id of the pack, or any other place; position is [longitude, latitude], WGS84 degrees. */
  readonly venue: string | EventPlace
  readonly attendance: number
  /** Share of the attendance that comes by car and by taxi; absent = by where people live and what serves the place (`modeShares`). */
  readonly carShare?: number
  readonly taxiShare?: number
  readonly personsPerCar: number
  /** Minutes before the start at which the first, the most and the last come; absent = `ARRIVAL_MINUTES`. */
  readonly arrivalMinutesBefore?: Profile
  /** Minutes after the end at which the first, the most and the last leave; absent = `LEAVING_MINUTES`. */
  readonly leavingMinutesAfter?: Profile
  /** Simulates its people on foot, person by person, from the stands to trains, taxis and cars; absent = only its vehicles. */
  readonly onFoot?: OnFoot
}

export interface OnFoot {
  /** Share of the attendance that comes and goes by metro, absent as `carShare`; of the others, some take the bus and the rest walk. */
  readonly metroShare?: number
  /** What the audience has come to see, [longitude, latitude]: people gather around it. Absent = the middle of the ground. */
  readonly stage?: readonly [number, number]
  /** Seats leave in so many blocks, stand after stand, each so many minutes after the one before; on open ground sector after sector around the middle. */
  readonly staggered?: Staggered
  /** A bus service ordered for the way home, from the end of the event on. */
  readonly shuttle?: Shuttle
  /** How people choose among the ways out of the ground; absent = they know all of them and take whichever is soonest, changing as that changes. */
  readonly exitChoice?: ExitChoice
}

export interface ExitChoice {
  /** Seconds longer that one goes to be where all others are seen to go. */
  readonly followSeconds: number
  /** Seconds by which another way out must be sooner before one leaves the one once chosen. */
  readonly keepSeconds: number
}

export interface Staggered { readonly blocks: number; readonly minutes: number }

export interface Shuttle {
  /** Metro station by name, or venue id. */
  readonly to: string
  /** Share of the attendance that takes it instead of the metro. */
  readonly share: number
  readonly headwayMinutes: number
  /** Persons that a bus takes. */
  readonly seats: number
}

export interface EventPlace {
  readonly name: string
  readonly position: Position
  /** Ground that is drawn for it; absent = what the city has there, if any. */
  readonly ground?: DrawnGround
}

/** Open ground as a planner draws it. */
export interface DrawnGround {
  /** Its edge; buildings, water and carriageways within it are left out. */
  readonly outline: readonly Position[]
  /** Stretches of the edge through which people come and go; absent = 6 m every 40 m wherever a street passes. */
  readonly exits?: readonly (readonly [Position, Position])[]
}

/** First, most, last. */
export type Profile = readonly [number, number, number]

/**
 * Links by stable id, or a named road: optionally the carriageways of one heading (a bend does not change it), and the
 * stretch between two points, [longitude, latitude] in degrees.
 */
export type RoadTarget =
  | { readonly links: readonly string[] }
  | { readonly road: string; readonly heading?: 'north' | 'east' | 'south' | 'west'; readonly from?: Position; readonly to?: Position }
