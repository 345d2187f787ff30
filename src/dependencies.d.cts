import type createHttpError from 'http-errors'
import type * as I18next from 'i18next'
import type Negotiator from 'negotiator'

export declare function i18next(): typeof I18next
export declare function negotiator(): typeof Negotiator
export declare function httpErrors(): typeof createHttpError
