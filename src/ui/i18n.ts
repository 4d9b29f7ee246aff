import { createInstance, type BackendModule } from 'i18next'
import { initReactI18next } from 'react-i18next'

export type Language = 'zh' | 'en'
const LANGUAGE_KEY = 'pengcheng.language'

/** What was chosen last, else what the browser speaks, else English. */
function languageAtStart(): Language {
  const kept = localStorage.getItem(LANGUAGE_KEY)
  if (kept === 'zh' || kept === 'en') return kept
  return navigator.languages.some(language => language.toLowerCase().startsWith('zh')) ? 'zh' : 'en'
}

/** Texts that are no part of opening the city: those of panels, cards, forms and dialogs. */
const MORE = 'more'
const files = {
  zh: { first: () => import('./locales/zh.json'), more: () => import('./locales/more.zh') },
  en: { first: () => import('./locales/en.json'), more: () => import('./locales/more.en') },
}

/** The texts of one language are fetched when it is first spoken. */
const texts: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read(language, namespace, done) {
    const { first, more } = files[language === 'zh' ? 'zh' : 'en']
    const file: Promise<{ default: object }> = namespace === MORE ? more() : first()
    file.then(({ default: table }) => done(null, table), (error: unknown) => done(error as Error, null))
  },
}

export const i18n = createInstance()

/** Settles when the texts of the first language are there; nothing that speaks is drawn before. */
export const languageReady: Promise<unknown> = i18n.use(texts).use(initReactI18next).init({
  lng: languageAtStart(),
  supportedLngs: ['zh', 'en'],
  fallbackLng: false, // both have every text, as a test sees to
  fallbackNS: MORE,
  interpolation: { escapeValue: false },
  react: { useSuspense: false },
  showSupportNotice: false,
})

/** Fetches the texts that are not needed at first, once; those of another language come with it. */
export const moreTexts = (): Promise<void> => i18n.loadNamespaces(MORE)

/** A part that comes with its texts. */
export const withTexts = <Part>(load: () => Promise<Part>) => (): Promise<Part> => Promise.all([load(), moreTexts()]).then(([part]) => part)

document.documentElement.lang = languageAtStart() === 'zh' ? 'zh-CN' : 'en'

export const language = (): Language => (i18n.language === 'zh' ? 'zh' : 'en')

/** Calls `act` with the language now and whenever it changes. */
export function watchLanguage(act: (language: Language) => void): void {
  act(language())
  i18n.on('languageChanged', () => act(language()))
}

export function setLanguage(next: Language): void {
  localStorage.setItem(LANGUAGE_KEY, next)
  document.documentElement.lang = next === 'zh' ? 'zh-CN' : 'en'
  void i18n.changeLanguage(next)
}
