/**
 * What nearly is an error of a source, by what it is, under the source's name in the guide. Each must be answered as an
 * error that nobody knows.
 */
export type LookAlikes = Readonly<Record<string, Readonly<Record<string, unknown>>>>

export const secret = 'hunter2'

/** An Error of the app's own, with members that it was given. */
export function anError(members: object = {}): Error {
  return Object.assign(new Error(secret), members)
}
