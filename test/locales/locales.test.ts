import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { catalog as cdn } from '../../src/catalogs/cdn.ts'
import { catalog as cloudWaf } from '../../src/catalogs/cloud-waf.ts'
import { catalog as gateway } from '../../src/catalogs/gateway.ts'
import { catalog as http } from '../../src/catalogs/http.ts'
import { catalog as secrets } from '../../src/catalogs/secrets.ts'
import { TEXT_FIELDS } from '../../src/catalog/entry.ts'
import type { FieldCode } from '../../src/catalog/field.ts'
import { FIELD_TEXTS, fieldEntry } from '../../src/catalog/field-texts.ts'
import { REFERENCE_WORDS } from '../../src/locale/reference-words.ts'
import { filesOf, WITH_CATALOGS, WITH_COMMON_TEXTS } from './languages.ts'
import { byLocale, english, folder, isVendorText, locales, readTexts } from './texts.ts'

const catalogs = [cdn, cloudWaf, gateway, http, secrets]

/** The entries of a map that a test finds fault with. */
function those(
  texts: ReadonlyMap<string, string>,
  isWrong: (text: string, key: string) => boolean,
): readonly (readonly [key: string, text: string])[] {
  return [...texts].filter(([key, text]) => isWrong(text, key))
}

// What programs read and people type: code spans, snake_case, dotted and inner-capital names, words in capitals.
const IDENTIFIER = /`[^`]+`|\w+_\w+|\w{2,}(?:\.\w{2,})+|[A-Za-z]*[a-z][A-Z]\w*|\b[A-Z][A-Z0-9]+\b/g

// Abbreviations of everyday words, which languages translate or spell out: KI, IA, base de données.
const SPOKEN = new Set(['AI', 'CA', 'DB', 'RPH', 'RPS'])

// The vendor's own Chinese texts, kept word for word, say these in Chinese or in other letters: 接口, 标识, Json.
const VENDOR_CHINESE = new Set(['API', 'ID', 'JSON'])

function identifiers(text: string): readonly string[] {
  return text.match(IDENTIFIER) ?? []
}

function lostIdentifiers(locale: string, key: string, text: string): readonly string[] {
  const kept = new Set(identifiers(text))
  const isVendors = isVendorText(locale, key)
  return identifiers(english.get(key)!).filter(
    (word) => !kept.has(word) && !SPOKEN.has(word) && !(isVendors && VENDOR_CHINESE.has(word)),
  )
}

/** Whether two languages may word a text alike: identifiers, and hardly a word between them ("Use AAAA / MX"). */
function isMostlyIdentifiers(text: string): boolean {
  const words = text.replace(IDENTIFIER, '').match(/\p{L}{2,}/gu) ?? []
  return words.length <= 1 && identifiers(text).length > words.length
}

// Words of the reference that a language spells as English does.
const SPELLED_ALIKE: Readonly<Record<string, readonly string[]>> = {
  da: ['Version {{version}}'],
  de: ['Code', 'Version {{version}}'],
  fr: ['Code', 'Message', 'Module', 'Version {{version}}'],
  nl: ['Code', 'Module'],
  sv: ['Version {{version}}'],
}

/** The texts that a language has in English. */
function untranslated(texts: ReadonlyMap<string, string>): readonly string[] {
  return those(texts, (text, key) => text === english.get(key) && !isMostlyIdentifiers(text)).map(
    ([, text]) => text,
  )
}

// Characters of one way of writing alone. Left out is what both use (后, 里, 只, 系, 制, 群 …): such a character can
// be right, so only a reader can tell.
const SIMPLIFIED =
  '请参数体错误鉴权败签档过经绝访问帐账号针对户围内额击会务执复与腾讯时协议说资标识应实还试联员帮决' +
  '购买详见质审现暂该处维护状态这个块样无当统认称费没项备锁线频调单为长网证书钥将链间录轮换检径创删' +
  '运码输验话写设仅机传图订转规则变销边贴记绑关节点组发询缩导减类举结启连报归库获测绪装从业级题续触' +
  '头冻邮册达凭选择计许满条赖储动进构锚约软响拦们来国开门觉严义乐乱争亚优伤伦侠债倾偿儿兰兴养冈军农' +
  '况净剂剑剧劝办劲势华卖卢卫厅厉压县双叙听唤园圆场坚垒扩扫扬扰抢担拟拥挡挤挥损摄携敌断旧显晓杀杂栈' +
  '栏树桥楼横欢欧残毕气汉沟泪泽洁浅济浏润渐湾湿滚灭灯灵灾烂烦烧热爱牵犹独狱环琐电画畅疗盐监盖盘础碍' +
  '离积稳穷竞粮紧纠红纪纯纲纳纵纷纸练细终绍绕绘给络继综绿缓编缘罗罚职肃脑脚脱脸营虑虚虽补袭讨让训讲' +
  '论评诉词译语诸读课谁谈谢负贡财责货贩贯贺赋赛赶趋车载较辅辆辈迁远违迟递逻遗释钢钱铁键闭队阳阴阶际' +
  '陆陈险随隐难静页顶顺预领颜风飞饭饮饱馆驱骗骤鱼鲜鸟麦黄齐龙团摆历钟药须'
const TRADITIONAL =
  '請參數體錯誤鑑權敗簽檔過經絕訪問帳賬號針對戶圍內額擊會務執復與騰訊時協議說資標識應實還試聯員幫決' +
  '購買詳見質審現暫該處維護狀態這個塊樣無當統認稱費沒項備鎖線頻調單為長網證書鑰將鏈間錄輪換檢徑創刪' +
  '運碼輸驗話寫設僅機傳圖訂轉規則變銷邊貼記綁關節點組發詢縮導減類舉結啟連報歸庫獲測緒裝從業級題續觸' +
  '頭凍郵冊達憑選擇計許滿條賴儲動進構錨約軟響攔們來國開門覺嚴義樂亂爭亞優傷倫俠債傾償兒蘭興養岡軍農' +
  '況淨劑劍劇勸辦勁勢華賣盧衛廳厲壓縣雙敘聽喚園圓場堅壘擴掃揚擾搶擔擬擁擋擠揮損攝攜敵斷舊顯曉殺雜棧' +
  '欄樹橋樓橫歡歐殘畢氣漢溝淚澤潔淺濟瀏潤漸灣濕滾滅燈靈災爛煩燒熱愛牽猶獨獄環瑣電畫暢療鹽監蓋盤礎礙' +
  '離積穩窮競糧緊糾紅紀純綱納縱紛紙練細終紹繞繪給絡繼綜綠緩編緣羅罰職肅腦腳脫臉營慮虛雖補襲討讓訓講' +
  '論評訴詞譯語諸讀課誰談謝負貢財責貨販貫賀賦賽趕趨車載較輔輛輩遷遠違遲遞邏遺釋鋼錢鐵鍵閉隊陽陰階際' +
  '陸陳險隨隱難靜頁頂順預領顏風飛飯飲飽館驅騙驟魚鮮鳥麥黃齊龍團擺歷鐘藥須後裡係繫準製複隻週鬆範嚮註' +
  '麼嗎臺颱幹'

/** The characters of a list that texts hold, each once. */
function charactersIn(texts: ReadonlyMap<string, string>, list: string): readonly string[] {
  const held = [...texts.values()].join('')
  return Array.from(list).filter((character) => held.includes(character))
}

test('the package has its 30 locales, and no folder more', () => {
  expect(locales).toEqual([...WITH_CATALOGS, ...WITH_COMMON_TEXTS].sort())
  expect(locales.length).toBe(30)
})

const fieldCodes = Object.keys(FIELD_TEXTS) as FieldCode[]

describe('en', () => {
  test('has a file for each catalog, for the texts of fields, and for the words of the reference', () => {
    expect(filesOf('en')).toEqual(
      [...catalogs.map(({ name }) => `${name}.json`), 'fields.json', 'reference.json'].sort(),
    )
  })

  for (const catalog of catalogs) {
    test(`has the texts of the catalog ${catalog.name} itself`, () => {
      const own = [...catalog].map((entry) => [
        String(entry.code),
        Object.fromEntries(TEXT_FIELDS.flatMap((field) => (entry[field] ? [[field, entry[field]]] : []))),
      ])
      expect(own.length).toBe(catalog.size)
      expect(readTexts('en', `${catalog.name}.json`)).toEqual(Object.fromEntries(own))
    })
  }

  test('has the texts of every field code: a message, and a title where the message names a limit', () => {
    const own = fieldCodes.map((code) => {
      const { message, title, params } = fieldEntry(code)
      return [code, params.length === 0 ? { message } : { message, title }]
    })
    expect(own.length).toBeGreaterThan(0)
    expect(readTexts('en', 'fields.json')).toEqual(Object.fromEntries(own))
  })

  test('has the words of the reference', () => {
    const own = Object.entries(REFERENCE_WORDS).map(([word, message]) => [word, { message }])
    expect(own.length).toBeGreaterThan(0)
    expect(readTexts('en', 'reference.json')).toEqual(Object.fromEntries(own))
  })
})

for (const [locale, texts] of byLocale) {
  describe(locale, () => {
    const files = filesOf(locale)

    test('has the files that its language has, and no others', () => {
      expect(readdirSync(new URL(locale, folder)).sort()).toEqual(files)
    })

    test('has the codes and fields of en, and no others', () => {
      const expected = [...english.keys()].filter((key) => files.some((file) => key.startsWith(`${file}/`)))
      expect(expected.length).toBeGreaterThan(50)
      expect([...texts.keys()].sort()).toEqual(expected.sort())
    })

    if (locale === 'en') return

    test('keeps the identifiers of en', () => {
      const kept = [...english.values()].flatMap(identifiers)
      expect(kept.length).toBeGreaterThan(100)
      expect(those(texts, (text, key) => lostIdentifiers(locale, key, text).length > 0)).toEqual([])
    })

    test('is translated, but for texts that are identifiers for the most part, and words that are spelled alike', () => {
      expect([...untranslated(texts)].sort()).toEqual(SPELLED_ALIKE[locale] ?? [])
    })
  })
}

test('zh-TW is written in traditional characters', () => {
  const texts = byLocale.get('zh-TW')!
  expect(charactersIn(texts, TRADITIONAL).length).toBeGreaterThan(100)
  expect(charactersIn(texts, SIMPLIFIED)).toEqual([])
})

test('zh-CN is written in simplified characters', () => {
  const texts = byLocale.get('zh-CN')!
  expect(charactersIn(texts, SIMPLIFIED).length).toBeGreaterThan(100)
  expect(charactersIn(texts, TRADITIONAL)).toEqual([])
})
