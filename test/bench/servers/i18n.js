import { createInstance } from 'i18next'
import { LOCALES, NAMESPACE, resources } from './job.js'

/** An i18next instance as an app sets it up: all texts loaded, with a detector where the framework has one. */
export function createI18n(detector) {
  const i18n = createInstance()
  if (detector) i18n.use(detector)
  void i18n.init({
    initAsync: false,
    resources,
    supportedLngs: LOCALES,
    preload: LOCALES,
    fallbackLng: 'en',
    ns: [NAMESPACE],
    defaultNS: NAMESPACE,
    interpolation: { escapeValue: false },
    detection: { order: ['header'], caches: false },
  })
  return i18n
}
