// RFC 3986, section 3.2.1: `user:password@` behind the slashes of a URL. No quote, blank or slash stands in it unescaped.
const USERINFO = /:\/\/[^\s/?#"'<>\\]*@/g
const WITH_PASSWORD = /:\/\/[^\s/?#"'<>\\:]*:[^\s/?#"'<>\\]*@/g

const LONGEST = 4096

/**
 * Takes the users and passwords of URLs out of a text: no client may read them. A user alone stays.
 *
 * @param max - so much of the text will be shown; the rest is read only as far as a password may reach into it
 */
export function withoutPasswords(text: string, max: number): string {
  const near = text.length > max ? text.slice(0, max + LONGEST) : text
  return near.includes('@') ? near.replaceAll(WITH_PASSWORD, '://') : near
}

/** Takes user and password out of a URL. */
export function withoutUserinfo(url: string): string {
  return url.replaceAll(USERINFO, '://')
}
