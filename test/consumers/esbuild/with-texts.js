import cdn from 'bizerror/locales/de/cdn.json'
import cloudWaf from 'bizerror/locales/de/cloud-waf.json'
import fields from 'bizerror/locales/de/fields.json'
import http from 'bizerror/locales/de/http.json'
import { answerInGerman } from './app.js'

void answerInGerman({ locales: { de: { cdn, 'cloud-waf': cloudWaf, fields, http } } })
