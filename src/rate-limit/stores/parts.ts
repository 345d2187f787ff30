/** A sliding window is counted in so many parts. A part comes free as a whole. */
export const PARTS = 8

/** So many parts are kept: a window may begin and end inside one, and rounding may cost one more. */
export const PARTS_KEPT = PARTS + 2
