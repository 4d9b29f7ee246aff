import { parseScenarioText, type Scenario } from '../../scenario'

/** Shipped under assets/scenarios. */
export const presetIds = ['morning-peak', 'binhai-closure', 'shennan-two-lanes', 'heavy-rain', 'typhoon', 'light-show', 'light-show-response', 'stadium-evening', 'bay-concert', 'fireworks', 'bay-park-holiday'] as const

export const presetUrl = (id: string): string => new URL(`scenarios/${id}.json`, document.baseURI).href

/** Picture of a shipped scenario, taken of the app by `npm run shots -- presets`. */
export const presetPicture = (id: string): string => new URL(`pictures/${id}.webp`, document.baseURI).href

/** Those of the shipped scenarios that can be read. */
export async function loadPresets(): Promise<Scenario[]> {
  const texts = await Promise.allSettled(presetIds.map(async id => {
    const response = await fetch(presetUrl(id))
    return { id, text: await response.text() }
  }))
  return texts.flatMap(result => {
    if (result.status === 'rejected') return []
    const parsed = parseScenarioText(result.value.text, `${result.value.id}.json`)
    return parsed.ok ? [parsed.value] : []
  })
}
