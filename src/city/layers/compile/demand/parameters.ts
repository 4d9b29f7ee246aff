/**
 * Figures of the demand model. Each is sourced or marked assumed; docs/demand.md explains them and says how well the
 * result fits what was measured.
 */
export const parameters = {
  /** Vehicle trips a day in the whole city, 2020-04-27. Source: facts/transport_totals.json, vehicle_flow_per_day. */
  tripsPerDay: 5_274_000,
  /**
   * Share of the city's daily vehicle trips by purpose; assumed so that they agree with 0.9-1.2 million taxi passengers
   * and about 1 million ride-hailing orders a day (facts, B) and 15,680 buses.
   */
  purposeShares: { commute: 0.36, other: 0.31, taxi: 0.2, freight: 0.1, bus: 0.03 },
  /**
   * Trips to and from other cities as a share of all; assumed. The Guangzhou-Shenzhen corridor alone carries about
   * 600,000 vehicles a day, the Zhongshan link 90,000-100,000 (facts, B).
   */
  intercityShare: 0.08,
  /**
   * Deterrence d^-power exp(-(d / scale)^shape), d in km of the air line. Commuting is fitted to the 61 x 61 matrix of
   * commute-od-unicom; the other two are assumed to be shorter or longer.
   */
  commute: { power: 0.5, shape: 0.7, scale: 3.2 },
  other: { power: 0.5, shape: 0.7, scale: 1.7 },
  freight: { power: 0.5, shape: 0.7, scale: 5 },
  /** Share of commuters who drive rises with distance as d^2 / (d^2 + half^2), km; assumed: short trips are walked. */
  drivingHalf: 3,
  /** Share of taxi trips laid out as in the observed matrix of 2013, the rest as other trips (the city grew since); assumed. */
  taxiObserved: 0.7,
  /** Of the trips that cross the cordon twice, by class; assumed. */
  throughClasses: { car: 0.8, taxi: 0.05, bus: 0.02 },
  /** Detour of roads outside the core over the air line; assumed. */
  outsideDetour: 1.3,
  /** km; spread of the choice among gateways; assumed. */
  gatewaySpread: 1,
  /** veh/h per lane that a gateway takes in the peak hour, by class of road; assumed: what a stop line with 45 % green or a free lane at level D lets through. */
  gatewayCapacity: { fast: 1400, signalled: 650 },
  /**
   * Share of its capacity that a turn carries at most in the mean of the peak hour: above it queues of random arrivals have
   * no end (HCM 6th ed., ch. 19: level of service E ends near 0.95); assumed.
   */
  saturationMax: 0.95,
  /** veh/h per lane that one link sends or receives in the peak hour; assumed. */
  placeCapacity: 90,
  /** Share of the daily trips in the peak hour, for both capacities. Source: facts, hourly_profile_car_trips_weekday. */
  peakHourShare: 0.08,
  /** Scale of the whole, tuned with the simulator: docs/calibration.md. */
  volume: 0.7,
} as const

/**
 * Share of the city's vehicle trips by hour of departure on a weekday. Source: facts/transport_totals.json,
 * hourly_profile_car_trips_weekday (C, shaped so that the peaks sit at 08 and 18 as the speeds of 2017 do).
 */
export const hoursAll = [
  0.009, 0.006, 0.004, 0.004, 0.006, 0.015, 0.036, 0.069, 0.08, 0.067, 0.056, 0.053, 0.047, 0.05, 0.053, 0.055, 0.06, 0.074, 0.079,
  0.06, 0.044, 0.035, 0.024, 0.014,
] as const
/** Share of the trips to work by hour of departure; assumed. */
export const hoursToWork = [
  0, 0, 0, 0, 0.005, 0.02, 0.08, 0.25, 0.33, 0.17, 0.05, 0.02, 0.01, 0.02, 0.01, 0.005, 0.005, 0.005, 0.005, 0.005, 0.005, 0.005, 0, 0,
] as const
/** Share of the trips from work by hour of departure; assumed. */
export const hoursFromWork = [
  0.005, 0, 0, 0, 0, 0, 0.005, 0.005, 0.005, 0.005, 0.005, 0.015, 0.03, 0.01, 0.01, 0.015, 0.04, 0.16, 0.25, 0.17, 0.11, 0.09, 0.05, 0.02,
] as const
/** Share of the taxi trips by hour of start. Source: taxi-orders-2020, 10,619 trips of one Monday, mean of neighbouring hours. */
export const hoursTaxi = [
  0.041, 0.034, 0.021, 0.016, 0.012, 0.012, 0.02, 0.034, 0.046, 0.05, 0.051, 0.049, 0.047, 0.049, 0.054, 0.054, 0.05, 0.046, 0.046, 0.051,
  0.056, 0.057, 0.052, 0.047,
] as const
/** Share of the lorry trips by hour; assumed: lorries are kept out of the centre in the peaks. */
export const hoursFreight = [
  0.025, 0.02, 0.02, 0.02, 0.025, 0.035, 0.04, 0.03, 0.03, 0.055, 0.07, 0.07, 0.055, 0.06, 0.07, 0.07, 0.06, 0.035, 0.03, 0.035, 0.04, 0.04,
  0.035, 0.03,
] as const
/** Share of the bus departures by hour; assumed, after service from 06:00 to 23:00. */
export const hoursBus = [
  0, 0, 0, 0, 0, 0.02, 0.055, 0.075, 0.08, 0.07, 0.055, 0.05, 0.05, 0.05, 0.05, 0.05, 0.055, 0.075, 0.08, 0.065, 0.045, 0.035, 0.025, 0.015,
] as const
