import type { BriefDescription } from '../catalog/envelope.ts'

const CUT = '[Truncated]'

/**
 * Leaves out of a description what its reader misses least: the details of further errors, then its own, then half of
 * the further errors, as often as it takes. Undefined when there is nothing to leave out.
 */
export function shorter(description: BriefDescription): BriefDescription | undefined {
  const { errors } = description
  if (errors?.some(hasDetails)) return { ...description, errors: errors.map(withoutDetails) }
  if (hasDetails(description)) return withoutDetails(description)
  if (errors === undefined) return undefined
  return { ...description, errors: errors.length > 1 ? errors.slice(0, errors.length / 2) : undefined }
}

function hasDetails({ details }: BriefDescription): boolean {
  return details !== undefined && details !== CUT
}

function withoutDetails(description: BriefDescription): BriefDescription {
  return hasDetails(description) ? { ...description, details: CUT } : description
}
