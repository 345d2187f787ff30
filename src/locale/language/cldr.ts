// Made by `npm run cldr` from CLDR 48 (Unicode 16.0.0, https://www.unicode.org/license.txt).

type Grouped = Readonly<Record<string, Readonly<Record<string, string>>>>

/** Regions by the one whose texts their readers take, in a language and script (parentLocales). */
export const PARENTS: Grouped = {
  'en-Latn': {
    '150': 'AT BE CH CZ DE DK EE ES FI FR GE HU IT LT LV NL NO PL PT RO SE SI SK UA',
    '001':
      '150 AG AI AU BB BM BS BW BZ CC CK CM CX CY DG DM ER FJ FK FM GB GD GG GH GI GM GS GY HK ID IE IL IM IN IO JE JM KE KI KN KY LC LR LS MG MO MS MT MU MV MW MY NA NF NG NR NU NZ PG PK PN PW RW SB SC SD SG SH SL SS SX SZ TC TK TO TT TV TZ UG VC VG VU WS ZA ZM ZW',
  },
  'es-Latn': { '419': 'AR BO BR BZ CL CO CR CU DO EC GT HN JP MX NI PA PE PR PY SV US UY VE' },
  'pt-Latn': { PT: 'AO CH CV FR GQ GW LU MO MZ ST TL' },
  'zh-Hant': { HK: 'MO' },
}

/** Regions that write a language alike, and otherwise than the rest of the world (languageMatching). */
export const ALIKE: Readonly<Record<string, string>> = {
  'ar-Arab': 'DZ EH LY MA MR TN',
  'en-Latn': 'AS CA GU MH MP PH PR UM US VI',
  'es-Latn':
    '003 005 013 019 021 029 419 AG AI AR AW BB BL BM BO BQ BR BS BV BZ CA CL CO CR CU CW DM DO EC FK GD GF GL GP GS GT GY HN HT JM KN KY LC MF MQ MS MX NI PA PE PM PR PY SR SV SX TC TT US UY VC VE VG VI',
  'pt-Latn':
    '003 005 013 019 021 029 419 AG AI AR AW BB BL BM BO BQ BR BS BV BZ CA CL CO CR CU CW DM DO EC FK GD GF GL GP GS GT GY HN HT JM KN KY LC MF MQ MS MX NI PA PE PM PR PY SR SV SX TC TT US UY VC VE VG VI',
  'zh-Hant': 'HK MO',
}

/** Of several locales that are as near, these are taken (languageMatching). */
export const PARADIGMS: readonly string[] = ['en', 'en-GB', 'es', 'es-419', 'pt-BR', 'pt-PT']

/** Languages whose readers read another one, by that one and how far it is from theirs (languageMatching). */
export const NEAR: Grouped = {
  no: { '1': 'nb', '8': 'da', '20': 'nn' },
  nb: { '1': 'no', '8': 'da', '20': 'nn' },
  bs: { '4': 'hr sh' },
  hr: { '4': 'bs sh' },
  sh: { '4': 'bs hr sr' },
  sr: { '4': 'sh' },
  aa: { '4': 'ssy' },
  ssy: { '4': 'aa' },
  de: { '4': 'gsw lb', '20': 'rm' },
  da: { '8': 'no nb', '20': 'fo' },
  ru: { '20': 'be', '30': 'ab az hy kk ky mn tg tk tt uz' },
  en: {
    '20': 'af chr cy ga gd haw is mi pcm',
    '30': 'ach ak am bem bn ee eo gaa ha ia ig ka km kn kri lg lo loz mfe ml mt my ne nso ny nyn om or pa ps rn sd si sn so sq st sw ta te ti tlh tn to tum ur xh yi yo zu',
  },
  es: { '20': 'ay ca eu gl gn', '30': 'qu' },
  ur: { '20': 'bal' },
  hi: { '20': 'mai', '30': 'bh gu mr sa' },
  zh: { '10': 'cdo cjy cnp cpx csp czh czo gan hak hnm hsn luh lzh mnp nan sjc wuu yue', '20': 'bo ug za' },
  fr: { '20': 'br co crs ht oc', '30': 'kg ln lua mg rw wo' },
  fil: { '30': 'ceb' },
  ar: {
    '10': 'aao abh abv acm acq acw acx acy adf aeb aec afb apc apd arq ars ary arz auz avl ayh ayl ayn ayp bbz pga shu ssh',
    '30': 'ckb',
  },
  sk: { '20': 'cs' },
  cs: { '20': 'sk' },
  nl: { '20': 'fy' },
  id: { '20': 'jv su', '30': 'ms' },
  tr: { '30': 'ku' },
  it: { '20': 'la scn' },
  nn: { '20': 'nb no' },
  az: { '10': 'azb' },
  et: { '10': 'vro' },
  ff: { '10': 'ffm fub fue fuf fuh fui fuq fuv' },
  gn: { '10': 'gnw gui gun nhd' },
  iu: { '10': 'ikt' },
  kln: { '10': 'enb eyo niq oki pko sgc tec tuy' },
  kok: { '10': 'knn' },
  kpe: { '10': 'gkp' },
  luy: { '10': 'ida lkb lko lks lri lrm lsm lto lts lwg nle nyd rag' },
  lv: { '10': 'ltg' },
  mg: { '10': 'bhr bjq bmm bzc msh skg tdx tkg txy xmv xmw' },
  mn: { '10': 'mvf' },
  ms: {
    '10': 'bjn btj bve bvu coa dup hji id jak jax kvb kvr kxd lce lcf liw max meo mfa mfb min mqg msi mui orn ors pel pse tmw urk vkk vkt xmm zlm zmi',
  },
  ne: { '10': 'dty' },
  om: { '10': 'gax hae orc' },
  or: { '10': 'spv' },
  ps: { '10': 'pbt pst' },
  qu: {
    '10': 'qub qud quf qug quh quk qul qup qur qus quw qux quy qva qvc qve qvh qvi qvj qvl qvm qvn qvo qvp qvs qvw qvz qwa qwc qwh qws qxa qxc qxh qxl qxn qxo qxp qxr qxt qxu qxw',
  },
  sc: { '10': 'sdc sdn sro' },
  sq: { '10': 'aae aat aln' },
  syr: { '10': 'aii' },
  uz: { '10': 'uzs' },
  yi: { '10': 'yih' },
}
