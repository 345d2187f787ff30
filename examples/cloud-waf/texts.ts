// Two languages as resources, which a bundle holds: for runtimes that have no files. Elsewhere all ten are read from files.
import deWaf from 'bizerror/locales/de/cloud-waf.json' with { type: 'json' }
import deFields from 'bizerror/locales/de/fields.json' with { type: 'json' }
import deHttp from 'bizerror/locales/de/http.json' with { type: 'json' }
import deReference from 'bizerror/locales/de/reference.json' with { type: 'json' }
import zhWaf from 'bizerror/locales/zh-CN/cloud-waf.json' with { type: 'json' }
import zhFields from 'bizerror/locales/zh-CN/fields.json' with { type: 'json' }
import zhHttp from 'bizerror/locales/zh-CN/http.json' with { type: 'json' }
import zhReference from 'bizerror/locales/zh-CN/reference.json' with { type: 'json' }

export const texts = {
  de: { 'cloud-waf': deWaf, fields: deFields, http: deHttp, reference: deReference },
  'zh-CN': { 'cloud-waf': zhWaf, fields: zhFields, http: zhHttp, reference: zhReference },
}
