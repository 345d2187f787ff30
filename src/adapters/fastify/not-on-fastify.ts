import { SetupError } from '../../guard/setup-error.ts'

/** The mistake of who mounts what is Fastify's where none is called with a request and a reply. */
export function notOnFastify(name: string): SetupError {
  return new SetupError(
    `${name} of bizerror/fastify is Fastify's, and this is no app of Fastify: on Express use bizerror/express, on Koa bizerror/koa`,
  )
}
