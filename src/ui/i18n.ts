import { createInstance } from 'i18next'
import { initReactI18next } from 'react-i18next'
import en from './locales/en.json'
import zh from './locales/zh.json'

export type Language = 'zh' | 'en'
const LANGUAGE_KEY = 'pengcheng.language'

/** What was chosen last, else what the browser speaks, else English. */
function languageAtStart(): Language {
  const kept = localStorage.getItem(LANGUAGE_KEY)
  if (kept === 'zh' || kept === 'en') return kept
  return navigator.languages.some(language => language.toLowerCase().startsWith('zh')) ? 'zh' : 'en'
}

export const i18n = createInstance()

void i18n.use(initReactI18next).init({
  lng: languageAtStart(),
  fallbackLng: 'en',
  resources: { en: { translation: en }, zh: { translation: zh } },
  interpolation: { escapeValue: false },
  initAsync: false,
  showSupportNotice: false,
})
document.documentElement.lang = i18n.language === 'zh' ? 'zh-CN' : 'en'

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
