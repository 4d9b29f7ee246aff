import { expect, test } from 'vitest'
import { measureAgentFrames, readNetwork } from '../../bench/agentFrames'

test('100,000 vehicles on the real lanes take 8 bytes each and frame', async () => {
  const network = await readNetwork()
  const { agents, min, median, checksum } = measureAgentFrames(network, 100_000, 40)
  console.log(`${agents} vehicles: min ${min.toFixed(2)}, median ${median.toFixed(2)} ms of JavaScript a frame, not warmed up; see bench/agentFrames.ts`)
  // Two arrays a frame, whole rows of the state textures; the first frame also fills the snapshot before.
  const row = Math.ceil(100_000 / 1024) * 1024
  expect(checksum).toBe(row * 2 * 41)
}, 60_000)
