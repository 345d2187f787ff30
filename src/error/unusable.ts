const MAX_UNUSABLE = 10

/** Of the name of a part of a throw. */
export const MAX_NAME_LENGTH = 64

/** Notes a part of a throw that cannot be used: the first ten, each by its name. */
export function noteUnusable(unusable: string[], name: string): void {
  if (unusable.length < MAX_UNUSABLE) unusable.push(name.slice(0, MAX_NAME_LENGTH))
}
