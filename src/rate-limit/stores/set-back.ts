/**
 * A calendar window goes on when the clock is set back out of it by at most so many milliseconds. A clock that is
 * corrected (NTP steps by seconds to minutes) would otherwise begin a midnight's window twice. A clock that is set back
 * by more had been wrong, and nobody is kept out for that.
 */
export const SET_BACK = 3_600_000
