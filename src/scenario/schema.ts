import * as v from 'valibot'
import { timePattern } from './timeOfDay'
import type { Scenario, ScenarioEdit } from './document'

/**
 * The scenario document as a valibot schema: valibot interprets plain objects, so it needs no `eval` and runs under a
 * strict content security policy. `docs/scenario.schema.json` is made from it by `npx tsx src/scenario/writeJsonSchema.ts`;
 * the types it infers must stay those of `document.ts`, which the last lines of this file make the compiler check.
 */
const id = v.pipe(
  v.string('must be text'),
  v.regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/, 'must be 1 to 64 letters, digits, ".", "_" or "-", starting with a letter or digit'),
)
const time = v.pipe(
  v.string('must be a time of day such as "07:30"'),
  v.regex(timePattern, 'must be a time of day "HH:MM" or "HH:MM:SS" between 00:00 and 24:00'),
  v.description('Time of the simulated day, "HH:MM" or "HH:MM:SS".'),
)
const window = v.strictObject({ start: time, end: time }, objectMessage)
const bilingual = v.strictObject({ zh: text(1, 2000), en: text(1, 2000) }, objectMessage)
const share = v.pipe(v.number('must be a number from 0 to 1'), v.minValue(0, 'must be at least 0'), v.maxValue(1, 'must be at most 1'))
const openShare = v.pipe(share, v.description('Share of the attendance; absent = by where people live and what serves the place.'))
const position = v.pipe(
  v.strictTuple([v.number('must be a longitude in degrees'), v.number('must be a latitude in degrees')], 'must be [longitude, latitude]'),
  v.readonly(),
  v.description('[longitude, latitude], WGS84 degrees.'),
)
const minutes = v.pipe(v.number('must be a number of minutes'), v.minValue(0, 'must be at least 0'), v.maxValue(600, 'must be at most 600'))
const profile = v.pipe(v.strictTuple([minutes, minutes, minutes], 'must be three numbers of minutes: first, most, last'), v.readonly())
const vehicleClass = v.picklist(['car', 'taxi', 'bus', 'lorry', 'ebike'], 'must be "car", "taxi", "bus", "lorry" or "ebike"')

const linkTarget = v.strictObject({
  links: v.pipe(v.array(text(1, 200), 'must be a list of link ids'), v.minLength(1, 'must name at least one link'), v.readonly()),
}, objectMessage)
const namedRoadTarget = v.strictObject({
  road: v.pipe(text(1, 200), v.description('Name of the road as the map has it.')),
  heading: v.optional(v.pipe(
    v.picklist(['north', 'east', 'south', 'west'], 'must be "north", "east", "south" or "west"'),
    v.description('Only the carriageways that lead this way; absent = both directions.'),
  )),
  from: v.optional(v.pipe(position, v.description('Start of the stretch; absent = start of the road.'))),
  to: v.optional(v.pipe(position, v.description('End of the stretch; absent = end of the road.'))),
}, objectMessage)
const target = v.union([linkTarget, namedRoadTarget], 'must be { "links": [...] } or { "road": "...", "heading": ... }')

const editBase = {
  id,
  label: v.optional(v.union([text(0, 200), bilingual], 'must be a text of at most 200 characters, or { "zh": "...", "en": "..." }')),
  enabled: v.boolean('must be true or false'),
  window,
}
const classes = v.optional(v.pipe(v.array(vehicleClass), v.minLength(1, 'must name at least one class, or be left out'), v.readonly()))
const closure = v.strictObject({
  kind: v.literal('closure'), ...editBase, target,
  lanes: v.union([
    v.literal('all'),
    v.strictObject({ count: wholeNumber(1, 12), side: v.picklist(['kerb', 'median'], 'must be "kerb" or "median"') }, objectMessage),
  ], 'must be "all" or { "count": 1..12, "side": "kerb" | "median" }'),
  classes,
}, objectMessage)
const turnClosure = v.strictObject({
  kind: v.literal('turnClosure'), ...editBase,
  turns: v.pipe(
    v.array(v.strictObject({ from: text(1, 200), to: text(1, 200) }, objectMessage), 'must be a list of { "from": link id, "to": link id }'),
    v.minLength(1, 'must name at least one turn'), v.readonly(), v.description('Turns from one link into the next, by link ids.'),
  ),
  classes,
}, objectMessage)
const laneUse = v.strictObject({
  kind: v.literal('laneUse'), ...editBase, target, laneCount: wholeNumber(1, 12), side: v.picklist(['kerb', 'median'], 'must be "kerb" or "median"'),
  classes: v.pipe(v.array(vehicleClass), v.minLength(1, 'must name at least one class'), v.readonly(), v.description('Classes that may use the lanes.')),
}, objectMessage)
const flood = v.strictObject({
  kind: v.literal('flood'), ...editBase, target,
  depthMm: v.pipe(v.number('must be a depth, mm'), v.minValue(10, 'must be at least 10 mm'), v.maxValue(3000, 'must be at most 3000 mm'), v.description('Of the standing water; from 300 mm on nobody drives through.')),
}, objectMessage)
const message = v.strictObject({
  kind: v.literal('message'), ...editBase, target,
  share: v.pipe(share, v.description('Of the drivers whose way leads over the road, those who look for another.')),
}, objectMessage)
const speedLimit = v.strictObject({
  kind: v.literal('speedLimit'), ...editBase, target,
  speedLimitKmh: v.pipe(v.number('must be a number, km/h'), v.minValue(5, 'must be at least 5 km/h'), v.maxValue(120, 'must be at most 120 km/h')),
}, objectMessage)
const capacity = v.strictObject({
  kind: v.literal('capacity'), ...editBase, target,
  capacityShare: v.pipe(
    v.number('must be a number, a share'), v.minValue(0.2, 'must be at least 0.2; to let nobody through, write a closure'), v.maxValue(1, 'must be at most 1'),
    v.description('Flow that each lane still carries by that of the free road.'),
  ),
}, objectMessage)
const weather = v.strictObject({
  kind: v.literal('weather'), ...editBase,
  rain: v.optional(v.pipe(v.picklist(['light', 'medium', 'heavy'], 'must be "light", "medium" or "heavy"'), v.description('Light: up to 2.5 mm/h; medium: up to 6.4 mm/h; heavy: more; absent = none.'))),
  windBeaufort: v.optional(v.pipe(wholeNumber(0, 17), v.description('Force of the mean wind on the Beaufort scale; absent = calm.'))),
}, objectMessage)
const signalPlan = v.strictObject({
  kind: v.literal('signalPlan'), ...editBase,
  node: v.pipe(text(1, 200), v.description('Id of the junction.')),
  greens: v.pipe(
    v.array(v.pipe(v.number('must be a number of seconds'), v.minValue(1, 'must be at least 1 s'), v.maxValue(300, 'must be at most 300 s')), 'must be a list of seconds'),
    v.minLength(1, 'must give at least one green'), v.readonly(), v.description('Green of each stage, s; the cycle is their sum and that of yellows and all-reds.'),
  ),
  offset: v.optional(v.pipe(
    v.number('must be a number of seconds'), v.minValue(0, 'must be at least 0'), v.maxValue(300, 'must be at most 300 s'),
    v.description('Start of the first stage after midnight, s, less than the cycle.'),
  )),
  movements: v.optional(v.pipe(
    v.array(v.strictObject({
      from: v.pipe(text(1, 200), v.description('Id of the link that the movement comes from.')),
      turn: v.picklist(['left', 'straight', 'right', 'uTurn'], 'must be "left", "straight", "right" or "uTurn"'),
      lights: v.pipe(v.array(v.picklist(['go', 'yield', 'stop'], 'must be "go", "yield" or "stop"'), 'must be a list of lights'), v.minLength(1, 'must give a light for each stage'), v.readonly(), v.description('In each stage: it goes, it may go giving way, it stops.')),
    }, objectMessage), 'must be a list of movements'),
    v.minLength(1, 'must list at least one movement, or be left out'), v.readonly(), v.description('Movements with other lights than the junction\'s own.'),
  )),
}, objectMessage)
const passage = v.optional(v.pipe(
  v.picklist(['toLeft', 'toRight'], 'must be "toLeft" or "toRight"'),
  v.description('Whom it lets through, seen along the line from its first point.'),
))
const level = v.optional(v.pipe(text(1, 200), v.description('Floor that it stands on, as "area/floor"; absent = the uppermost floor under its middle.')))
const stretch = v.pipe(v.strictTuple([position, position], 'must be two positions'), v.readonly())
const barrier = v.strictObject({
  kind: v.literal('barrier'), ...editBase, level, passage,
  line: v.pipe(v.array(position, 'must be a list of positions'), v.minLength(2, 'must have at least two positions'), v.maxLength(50, 'must have at most 50 positions'), v.readonly()),
}, objectMessage)
const gate = v.strictObject({
  kind: v.literal('gate'), ...editBase, level, passage,
  at: v.union([stretch, v.pipe(text(1, 200), v.description('A way of an area, such as "civic-center/portal:3".'))], 'must be two positions, or a way of an area such as "civic-center/portal:3"'),
  personsPerMinute: v.pipe(v.number('must be a number of persons'), v.minValue(0, 'must be at least 0'), v.maxValue(1000, 'must be at most 1000'), v.description('0 = closed.')),
}, objectMessage)
const countLine = v.strictObject({
  kind: v.literal('countLine'), ...editBase, level,
  line: v.pipe(v.array(position, 'must be a list of two positions'), v.length(2, 'must be two positions'), v.readonly()),
}, objectMessage)
const drawnGround = v.strictObject({
  outline: v.pipe(v.array(position, 'must be a list of positions'), v.minLength(3, 'must have at least three positions'), v.maxLength(200, 'must have at most 200 positions'), v.readonly()),
  exits: v.optional(v.pipe(v.array(stretch, 'must be a list of pairs of positions'), v.minLength(1, 'must have at least one exit, or be left out'), v.maxLength(50, 'must have at most 50 exits'), v.readonly())),
}, objectMessage)
const lineName = v.pipe(text(1, 100), v.description('Line by name or code, such as "11号线", "Line 11" or "11".'))
const headway = v.strictObject({ what: v.literal('setHeadway'), line: lineName, minutes: v.pipe(v.number('must be a number of minutes'), v.minValue(1, 'must be at least 1'), v.maxValue(60, 'must be at most 60')) }, objectMessage)
const metro = v.strictObject({
  kind: v.literal('metro'), ...editBase,
  change: v.variant('what', [
    v.strictObject({ what: v.literal('suspendLine'), line: lineName }, objectMessage),
    headway,
    v.strictObject({ what: v.literal('closeStation'), station: v.pipe(text(1, 100), v.description('Station by name, such as "后海" or "Houhai".')) }, objectMessage),
  ], 'must be { "what": "suspendLine" | "setHeadway" | "closeStation", ... }'),
}, objectMessage)
const housing = v.strictObject({
  kind: v.literal('housing'), ...editBase,
  name: text(1, 200), position,
  persons: wholeNumber(1, 200_000),
  carsPerPerson: v.pipe(v.number('must be a number of cars'), v.minValue(0, 'must be at least 0'), v.maxValue(1, 'must be at most 1')),
  access: v.optional(v.pipe(position, v.description('Where its cars come on to the road; absent = on the street nearest to it.'))),
}, objectMessage)
const choiceSeconds = v.pipe(v.number('must be a number of seconds'), v.minValue(0, 'must not be negative'), v.maxValue(120, 'must be at most 120'))
const minutesBetween = v.pipe(v.number('must be a number of minutes'), v.minValue(0.5, 'must be at least 0.5'), v.maxValue(120, 'must be at most 120'))
const event = v.strictObject({
  kind: v.literal('event'), ...editBase,
  venue: v.union([
    v.pipe(text(1, 100), v.description('Id of a venue of the city pack.')),
    v.pipe(
      v.strictObject({ name: text(1, 200), position, ground: v.optional(v.pipe(drawnGround, v.description('Ground drawn for its people; absent = what the city has there.'))) }, objectMessage),
      v.description('Any other place of the city.'),
    ),
  ], 'must be the id of a venue, or { "name": "...", "position": [longitude, latitude] }'),
  attendance: wholeNumber(1, 500_000),
  carShare: v.optional(openShare),
  taxiShare: v.optional(openShare),
  personsPerCar: v.pipe(v.number('must be a number of persons'), v.minValue(1, 'must be at least 1'), v.maxValue(60, 'must be at most 60')),
  arrivalMinutesBefore: v.optional(v.pipe(profile, v.description('Minutes before the start at which the first, the most and the last come; absent = [120, 40, 0].'))),
  leavingMinutesAfter: v.optional(v.pipe(profile, v.description('Minutes after the end at which the first, the most and the last leave; absent = [0, 15, 60].'))),
  onFoot: v.optional(v.pipe(
    v.strictObject({
      metroShare: v.optional(v.pipe(share, v.description('Share of the attendance that comes and goes by metro, absent as carShare; of the others, some take the bus and the rest walk.'))),
      stage: v.optional(v.pipe(position, v.description('What the audience has come to see: people gather around it; absent = the middle of the ground.'))),
      staggered: v.optional(v.pipe(
        v.strictObject({ blocks: wholeNumber(1, 100), minutes: minutesBetween }, objectMessage),
        v.description('The audience leaves in so many blocks, stand after stand or sector after sector around the middle, each so many minutes after the one before.'),
      )),
      shuttle: v.optional(v.pipe(
        v.strictObject({
          to: v.pipe(text(1, 100), v.description('Metro station by name, or venue id.')),
          share: v.pipe(share, v.description('Share of the attendance that takes it home instead of the metro.')),
          headwayMinutes: minutesBetween,
          seats: v.pipe(wholeNumber(1, 200), v.description('Persons that a bus takes.')),
        }, objectMessage),
        v.description('A bus service ordered for the way home, from the end of the event on.'),
      )),
      exitChoice: v.optional(v.pipe(
        v.strictObject({
          followSeconds: v.pipe(choiceSeconds, v.description('Seconds longer that one goes to be where all others are seen to go.')),
          keepSeconds: v.pipe(choiceSeconds, v.description('Seconds by which another way out must be sooner before one leaves the one once chosen.')),
        }, objectMessage),
        v.description('How people choose among the ways out of the ground; absent = they know all of them and take whichever is soonest, changing as that changes.'),
      )),
    }, objectMessage),
    v.description('Simulates the people of the event on foot, person by person; absent = only its vehicles.'),
  )),
}, objectMessage)

/** Fields of each kind of edit, for reading what is sound in one that is not. */
export const editFields = { closure: closure.entries, turnClosure: turnClosure.entries, speedLimit: speedLimit.entries, laneUse: laneUse.entries, flood: flood.entries, message: message.entries, capacity: capacity.entries, weather: weather.entries, signalPlan: signalPlan.entries, barrier: barrier.entries, gate: gate.entries, countLine: countLine.entries, event: event.entries, metro: metro.entries, housing: housing.entries }

export const scenarioEditSchema = v.variant('kind', [closure, turnClosure, laneUse, flood, message, speedLimit, capacity, weather, signalPlan, barrier, gate, countLine, event, metro, housing],
  'kind must be "closure", "turnClosure", "laneUse", "flood", "message", "speedLimit", "capacity", "weather", "signalPlan", "barrier", "gate", "countLine", "event", "metro" or "housing"')

const entries = ['id', 'label', 'enabled', 'window'] as const
export const ruleActionSchema = v.variant('kind', [v.omit(closure, entries), v.omit(turnClosure, entries), v.omit(laneUse, entries), v.omit(message, entries), v.omit(speedLimit, entries), v.omit(capacity, entries), v.omit(signalPlan, entries), v.omit(barrier, entries), v.omit(gate, entries), v.strictObject({ kind: v.literal('metro'), change: v.variant('what', [headway], 'must be { "what": "setHeadway", ... }: a rule orders trains, it closes nothing of the metro') }, objectMessage)],
  'kind must be "closure", "turnClosure", "laneUse", "message", "speedLimit", "capacity", "signalPlan", "barrier", "gate" or "metro"')
const ruleSeconds = v.pipe(v.number('must be a number of seconds'), v.minValue(0, 'must be at least 0'), v.maxValue(7200, 'must be at most 7200 s'))
const ruleThreshold = v.pipe(v.number('must be a number'), v.minValue(0, 'must be at least 0'), v.maxValue(1e6, 'must be at most 1000000'))
const condition = <Entries extends v.ObjectEntries>(own: Entries) => v.strictObject({ ...own, above: v.optional(ruleThreshold), below: v.optional(ruleThreshold), forSeconds: ruleSeconds }, objectMessage)
const circle = v.strictObject({ middle: position, radiusM: v.pipe(v.number('must be a number of metres'), v.minValue(1, 'must be at least 1 m'), v.maxValue(500, 'must be at most 500 m')), level }, objectMessage)
const name = text(1, 200)
export const ruleSchema = v.strictObject({
  ...editBase,
  when: v.pipe(v.variant('measure', [
    condition({ measure: v.literal('crowdDensity'), place: v.union([v.pipe(name, v.description('An area such as "civic-center", or a floor such as "civic-center/ground".')), circle], 'must be an area, a floor or a circle') }),
    condition({ measure: v.literal('gateQueue'), gate: v.pipe(name, v.description('Id of a gate of this document, or a gate of an area.')) }),
    condition({ measure: v.literal('rankQueue'), rank: v.pipe(name, v.description('Area with the taxi rank.')) }),
    condition({ measure: v.picklist(['platformLoad', 'platformDensity']), station: v.pipe(name, v.description('Metro station by name, or a floor with a platform.')) }),
    condition({ measure: v.literal('lineFlow'), line: v.pipe(name, v.description('Id of a countLine of this document.')) }),
    condition({ measure: v.picklist(['roadQueue', 'roadSpeed']), target }),
  ], 'measure must be "crowdDensity", "gateQueue", "rankQueue", "platformLoad", "platformDensity", "lineFlow", "roadQueue" or "roadSpeed"'), v.description('One of above and below, in the unit of the measure: p/m², persons, persons a minute, vehicles or km/h.')),
  release: v.optional(v.pipe(v.strictObject({ threshold: ruleThreshold, afterSeconds: ruleSeconds }, objectMessage), v.description('Absent = its actions hold until its window ends.'))),
  actions: v.pipe(v.array(ruleActionSchema, 'must be a list of actions'), v.minLength(1, 'must have at least one action'), v.maxLength(20, 'must have at most 20 actions'), v.readonly()),
  cooldownSeconds: v.optional(v.pipe(ruleSeconds, v.description('From its end until it may begin again.'))),
}, objectMessage)
export const rulesSchema = v.pipe(v.array(ruleSchema, 'must be a list'), v.maxLength(50, 'must be at most 50 rules'), v.readonly())

const above = (unit: string, most: number) => v.optional(v.pipe(v.number(`must be a number, ${unit}`), v.gtValue(0, 'must be more than 0'), v.maxValue(most, `must be at most ${most}`), v.description(unit)))
export const crowdLimitsSchema = v.strictObject({
  unstable: above('persons a square metre', 20), dangerous: above('persons a square metre', 20), turbulent: above('1/s²', 10), holdSeconds: above('s', 600),
  flowLevel: above('persons a metre and minute', 300), flowStepped: above('persons a metre and minute', 300),
  platformMinutes: above('min', 60), safetyMinutes: above('min', 60),
}, objectMessage)

export const scenarioSchema = v.strictObject({
  $schema: v.optional(v.string('must be text')),
  format: v.literal('pengcheng-scenario', 'must be "pengcheng-scenario"'),
  version: v.literal(1, 'must be 1'),
  id,
  name: bilingual,
  description: v.optional(bilingual),
  city: v.pipe(id, v.description('Id of a city pack: a folder under assets/.')),
  window: v.pipe(window, v.description('Part of the day that is simulated.')),
  seed: v.pipe(wholeNumber(0, 2_147_483_647), v.description('Names the random draws of the run.')),
  demand: v.strictObject({
    scale: v.pipe(v.number('must be a number'), v.minValue(0, 'must be at least 0'), v.maxValue(3, 'must be at most 3'), v.description('1 = the calibrated weekday.')),
    rerouteShare: v.pipe(share, v.description('Share of drivers who reroute on live times.')),
    keepRight: v.optional(v.pipe(v.boolean('must be true or false'), v.description('Drivers keep right and overtake on the left; absent = they choose lanes by gain alone.'))),
  }, objectMessage),
  crowdLimits: v.optional(v.pipe(crowdLimitsSchema, v.description('What raises an alarm about people on foot; what is absent is as docs/people.md has it.'))),
  edits: v.pipe(v.array(scenarioEditSchema, 'must be a list'), v.readonly()),
  rules: v.optional(v.pipe(rulesSchema, v.description('What is done when a measure passes a threshold during the run.'))),
}, objectMessage)

function text(lengthMin: number, lengthMax: number) {
  return v.pipe(v.string('must be text'), v.minLength(lengthMin, 'must not be empty'), v.maxLength(lengthMax, `must be at most ${lengthMax} characters long`))
}

function wholeNumber(min: number, max: number) {
  return v.pipe(v.number('must be a number'), v.integer('must be a whole number'), v.minValue(min, `must be at least ${min}`), v.maxValue(max, `must be at most ${max}`))
}

/** Message of an object that is none, lacks a field or has one too many; valibot tells which through `expected`. */
function objectMessage(issue: v.BaseIssue<unknown>): string {
  if (issue.expected === 'never') return 'is not a field of this version; remove it or check its spelling'
  if (issue.received === 'undefined') return 'is missing'
  return `must be ${issue.expected === 'Object' ? 'an object' : issue.expected}`
}

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false
const scenarioIsDocument: Same<Omit<v.InferOutput<typeof scenarioSchema>, '$schema'>, Scenario> = true
const editIsDocument: Same<v.InferOutput<typeof scenarioEditSchema>, ScenarioEdit> = true
void scenarioIsDocument
void editIsDocument
