import type createHttpError from 'http-errors'

export declare function httpErrors(): typeof createHttpError
