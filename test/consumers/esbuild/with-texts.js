import cdn from 'bizerror/locales/de/cdn.json'
import cloudWaf from 'bizerror/locales/de/cloud-waf.json'
import { answerInGerman } from './app.js'

void answerInGerman({ locales: { de: { cdn, 'cloud-waf': cloudWaf } } })
