import { packageOf, topFrame } from './frames.ts'

/** Returns the package that made an error. Undefined for the app's own code, a bundle, and where frames are missing. */
export function libraryOf(error: object): string | undefined {
  return packageOf(topFrame(error))
}

/**
 * Whether a package serves requests rather than sends them: frameworks, and middleware that is named for one. The
 * status on their errors is for our client, such as the 400 of the router's URIError.
 */
export function isServing(library: string): boolean {
  return SERVING.test(library)
}

const SERVING =
  /^(?:@(?:koa|hapi|fastify|nestjs|hono|feathersjs|tsoa)\/|@?(?:express|koa|connect|passport|restify|fastify|hono)\d*(?:$|[-/])|(?:bizerror|body-parser|co-body|raw-body|busboy|multer|http-errors|http-assert|router|send|serve-static|finalhandler|csurf|csrf-csrf|routing-controllers|celebrate|oidc-provider)$)/
