import type * as I18next from 'i18next'
import type Json5 from 'json5'
import type Negotiator from 'negotiator'
import type * as Yaml from 'yaml'

export declare function i18next(): typeof I18next
export declare function negotiator(): typeof Negotiator

/** @param file - that needs it. Undefined where the app has no such package */
export declare function json5(file: string): typeof Json5 | undefined
export declare function yaml(file: string): typeof Yaml | undefined

/**
 * Looks whether an app has the framework that it imports a face of.
 *
 * @throws Error - says what to install
 */
export declare function checkInstalled(name: string, entry: string): void
