/** Texts of the validation page: Chinese, English. */
export type Language = 'zh' | 'en'
type Pair = readonly [zh: string, en: string]

export const texts = {
  title: ['模型验证', 'Model validation'],
  intro: [
    '每个算例都有已知答案：来自理论、公开的实测数据或设计规范。模型在此浏览器中现场计算，未通过的行照样列出。命令行结果相同：pengcheng validate traffic。',
    'Every case has a known answer, from theory, published measurements or a design manual. The model computes it here and now; rows that fail are listed like the others. The command line says the same: pengcheng validate traffic.',
  ],
  running: ['正在计算 {done} / {of}', 'Running case {done} of {of}'],
  passed: ['{n} 行通过', '{n} rows pass'],
  failed: ['{n} 行未通过', '{n} rows fail'],
  again: ['重新计算', 'Run again'],
  back: ['返回城市', 'Back to the city'],
  other: ['English', '中文'],
  failures: ['未通过', 'Failing'],
  stopped: ['计算进程中断：{reason}', 'The worker stopped: {reason}'],
  case: ['算例', 'Case'],
  expected: ['期望值', 'Expected'],
  measured: ['模型值', 'Measured'],
  verdict: ['结论', 'Result'],
  source: ['依据', 'Source'],
  pass: ['通过', 'pass'],
  fail: ['未通过', 'FAIL'],
  nothing: ['无结果', 'nothing'],
} as const satisfies Record<string, Pair>

/** Parts of a row's name. `{n}` stands for the number at the end of the part. */
const parts: Record<string, Pair> = {
  'traffic': ['交通流模型', 'Traffic model'],
  'stop-line': ['停车线放行', 'Discharge at a stop line'],
  'discharge': ['排队放行', 'standing queue'],
  'saturation-flow': ['饱和流率', 'saturation flow'],
  'start-up-lost-time': ['起动损失时间', 'start-up lost time'],
  'step-{n}': ['步长 {n} s', 'time step {n} s'],
  'saturation-flow-change': ['饱和流率变化', 'change of saturation flow'],
  'ring': ['环形道路', 'Ring road'],
  'density-{n}': ['密度 {n} 辆/km 时的流量', 'flow at {n} veh/km'],
  'sugiyama': ['杉山实验', 'Sugiyama experiment'],
  'speed-range': ['最快与最慢车之差', 'fastest less slowest car'],
  'slowest-car': ['最慢的车', 'slowest car'],
  'wave-speed': ['波向后传播速度', 'wave speed, backwards'],
  'waves': ['运动波', 'Kinematic waves'],
  'bottleneck': ['慢速路段瓶颈', 'slow stretch'],
  'queue-discharge': ['排队消散流率', 'queue discharge'],
  'shock-speed': ['激波速度', 'shock speed'],
  'lane-drop': ['两车道变一车道', 'lane drop 2 to 1'],
  'red-light': ['红灯', 'red light'],
  'growth': ['排队增长速度', 'growth of the queue'],
  'start-wave': ['起动波速度', 'starting wave'],
  'spillback': ['排队越过分流口', 'spillback over a fork'],
  'time-to-fill': ['路段填满时间', 'time until the road is full'],
  'flow-to-open-branch': ['畅通支路流率', 'flow to the open branch'],
  'merge': ['合流', 'merge'],
  'capacity': ['通行能力', 'capacity'],
  'share-of-equals': ['同等来流的份额', 'share of equal streams'],
  'small-stream-passes': ['小流量全部通过', 'small stream passes whole'],
  'large-stream-gets-the-rest': ['大流量取得剩余', 'large stream gets the rest'],
  'free-flow-time': ['自由流行程时间', 'free-flow travel time'],
  '{n}-km-h': ['限速 {n} km/h', 'at {n} km/h'],
  'signals': ['信号控制', 'Signals'],
  'webster-{n}': ['均匀到达延误，饱和度 {n}', 'uniform delay at saturation {n}'],
  'actuated': ['感应控制', 'actuated control'],
  'delay-to-fixed': ['延误与定时控制之比', 'delay relative to fixed time'],
  'green-wave': ['绿波', 'green wave'],
  'stops': ['停车次数', 'stops'],
  'delay-to-uncoordinated': ['延误与无协调之比', 'delay relative to no coordination'],
  'roundabout': ['环形交叉口', 'Roundabout'],
  'entry': ['入口通行能力', 'capacity of an entry'],
  'all-way-stop': ['全向停车让行', 'All-way stop'],
  'approach': ['进口道通行能力', 'capacity of an approach'],
  'alone': ['其他进口无车', 'nobody on the others'],
  'opposed': ['对向排队', 'a queue opposite'],
  'all-queue': ['各进口均排队', 'queues on all'],
  'two-way-stop': ['让行路口通行能力（HCM 临界间隙）', 'Two-way stop: capacity with HCM critical gaps'],
  'left-from-major': ['主路左转', 'left from the major road'],
  'right-from-minor': ['支路右转', 'right from the minor road'],
  'left-from-minor': ['支路左转', 'left from the minor road'],
  '{n}-veh-h': ['优先车流 {n} 辆/时', 'against {n} veh/h'],
  'vickrey': ['维克里瓶颈', 'Vickrey bottleneck'],
  'cost': ['人均出行成本', 'cost a traveller'],
  'longest-queueing': ['最长排队时间', 'longest queueing'],
  'spread-of-cost': ['成本离散度', 'spread of cost'],
  'assignment': ['静态均衡分配', 'Static equilibrium'],
  'braess': ['布雷斯悖论', 'Braess paradox'],
  'without-the-road': ['无新路', 'without the extra road'],
  'with-the-road': ['有新路', 'with the extra road'],
  'parallel-roads': ['三条平行道路', 'three parallel roads'],
  'time': ['行程时间', 'travel time'],
  'flow-of-the-fastest': ['最快道路流量', 'flow of the fastest road'],
  'relative-gap': ['相对间隙', 'relative gap'],
  'meso': ['中观引擎（排队运动波）', 'Meso engine (queues of kinematic waves)'],
  'invariants': ['不变量', 'Invariants'],
  'priority': ['让行路网', 'grid with priority'],
  'trips-lost': ['丢失的出行', 'trips lost'],
  'overlaps': ['车辆重叠', 'overlaps'],
  'red-lights-run': ['闯红灯', 'red lights run'],
  'negative-speeds': ['负速度', 'negative speeds'],
}

const units: Record<string, Pair> = {
  'veh/h': ['辆/时', 'veh/h'], 'veh': ['辆', 'veh'], '1/veh': ['次/辆', 'per vehicle'], 'min': ['分', 'min'], '1': ['', ''],
}

export const say = (language: Language, key: keyof typeof texts, values: Record<string, string | number> = {}): string =>
  Object.entries(values).reduce<string>((text, [name, value]) => text.replace(`{${name}}`, String(value)), texts[key][language === 'zh' ? 0 : 1])

/** A part of a row's name in words; undefined if there are none for it. */
export function partText(language: Language, part: string): string | undefined {
  const at = language === 'zh' ? 0 : 1
  const number = /^(\D*?)(\d+(?:\.\d+)?)(\D*)$/.exec(part)
  return parts[part]?.[at] ?? (number ? parts[`${number[1]}{n}${number[3]}`]?.[at].replace('{n}', number[2]!) : undefined)
}

export const unitText = (language: Language, unit: string): string => units[unit]?.[language === 'zh' ? 0 : 1] ?? unit
