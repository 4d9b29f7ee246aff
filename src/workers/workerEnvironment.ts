import { CREW, CROWD_CREW } from './crewNames'
import type { HostEnvironment } from './simHost'

/** A message to oneself is the quickest way to let other messages in: timers wait at least 4 ms. */
const channel = new MessageChannel()
const resting: (() => void)[] = []
channel.port1.addEventListener('message', () => resting.shift()?.())
channel.port1.start()

/** Clock and message queue of a real worker. */
export const workerEnvironment: HostEnvironment = {
  now: () => performance.now() / 1000,
  pause: seconds => new Promise(done => {
    if (seconds > 0.004) setTimeout(done, seconds * 1000)
    else {
      resting.push(done)
      channel.port2.postMessage(null)
    }
  }),
  cores: navigator.hardwareConcurrency,
  startHelper: crowds => {
    const worker = new Worker(new URL('./crewWorker.ts', import.meta.url), { type: 'module', name: crowds ? CROWD_CREW : CREW })
    return {
      send: message => worker.postMessage(message),
      close: () => worker.terminate(),
      // It answers nothing after that, and starts only while this thread listens.
      listens: new Promise((done, fail) => {
        worker.addEventListener('message', () => done(), { once: true })
        worker.addEventListener('error', event => fail(new Error(event.message || 'a simulation thread could not be started')), { once: true })
      }),
    }
  },
}
