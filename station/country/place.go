package country

import (
	"cmp"
	"slices"
	"strings"
)

// area is part of a country that is told by how its postcodes begin, because
// customs, taxes or posts treat it as a place of its own.
type area struct {
	name      string // its own code of ISO 3166, or one with its country's in front
	country   string // whose code it is written with too
	postcodes string // how they begin
	words     string // in the city or region, as fold writes them: they tell it where there is no postcode
	both      bool   // others share the postcodes: the words are needed too
	post      bool   // it has a line of its own under an address, and a code
}

// Place returns where an address lies, as customs and taxes see it: a country's
// code, or that of a part of it which is a place of its own ("FO", also where the
// address says Denmark), or one that the part has here only ("ES-CE").
func Place(code, postcode, city, region string) string {
	if strings.EqualFold(strings.TrimSpace(code), NorthernIreland) {
		return NorthernIreland
	}
	code = Code(code)
	in := cmp.Or(PartOf(code), code)
	at := slices.IndexFunc(places, func(p area) bool { return p.country == in })
	if at < 0 {
		return code
	}
	key, fields := Key(in, postcode), []string{fold(city), fold(region)}
	for _, p := range places[at:] {
		if p.country == in && (in == code || len(p.name) > 2) && p.told(key, fields) {
			return p.name
		}
	}
	return code
}

// Posted returns the code that stands under an address in a place: its own where
// its post has one, else that of the country that it is written with.
func Posted(code, place string) string {
	if slices.ContainsFunc(places, func(p area) bool { return p.name == place && p.post }) {
		return place
	}
	return Code(code)
}

// PartOf returns the country that a place is a part of and whose postcodes it
// has; "" for what is no part of another.
func PartOf(code string) string {
	if i := slices.IndexFunc(places, func(p area) bool { return p.name == code }); i >= 0 {
		return places[i].country
	}
	return ""
}

// told reports whether an address lies in the place: by its postcode, or by its
// city and region where it has none.
func (p area) told(key string, fields []string) bool {
	named := slices.ContainsFunc(strings.Split(p.words, ","), func(word string) bool {
		return word != "" && slices.ContainsFunc(fields, func(f string) bool { return f == word || len(word) > 3 && strings.Contains(f, word) })
	})
	if key == "" || p.postcodes == "" {
		return named
	}
	begins := slices.ContainsFunc(strings.Fields(p.postcodes), func(begin string) bool { return strings.HasPrefix(key, begin) })
	return begins && (named || !p.both)
}

// places are what is written with a country's code and is a place of its own:
//
// Outside the customs territory of the European Union, or outside its tax
// territory only, which wants the same papers: Büsingen, Heligoland, Ceuta,
// Melilla, the Canary Islands, Livigno, Campione d'Italia, San Marino and the
// Vatican (with Italian postcodes), Åland, Mount Athos, the French departments
// and lands overseas, the Faroe Islands and Greenland. Source: Union Customs Code
// (Regulation (EU) No 952/2013) article 4, VAT directive 2006/112/EC article 6,
// and the finance ministries' lists of their postcodes; zoll.de and tulli.fi list
// the same places. Madeira, the Azores and Monaco are inside.
//
// Under the British code: Northern Ireland, which for goods is in both
// territories (Windsor Framework); the Channel Islands and the Isle of Man; the
// military post, whose parcels go abroad with papers; the territories overseas,
// by the postcodes that they have in the British form. Source: Royal Mail's list
// of postcode areas, and its rules for British Forces Post Office addresses.
//
// Svalbard and Jan Mayen are outside Norway's customs and tax territory. Source:
// Norway's customs act, section 1-1; Posten's list of postcodes.
//
// Under the American code: the territories, the states in free association and
// the military post. Source: USPS Domestic Mail Manual 608.2.4 and 703.2, which
// want papers for goods to them, Puerto Rico but for; Publication 65 for the
// postcodes.
//
// Of the Dutch Caribbean and of New Zealand's islands people write the mother
// country, and no postcode. Australia's territories overseas, and Hong Kong and Macau with the code and
// the postcodes of China, are customs territories of their own. Liechtenstein has
// Swiss postcodes.
var places = []area{
	{name: "DE-BU", country: "DE", postcodes: "78266", words: "busingen"},
	{name: "DE-BU", country: "CH", postcodes: "8238"},
	{name: "DE-HE", country: "DE", postcodes: "27498", words: "helgoland"},
	{name: "IC", country: "ES", postcodes: "35 38", words: "laspalmas,canaria,kanarische,canary,tenerife,lanzarote,fuerteventura,lagomera,elhierro"},
	{name: "EA", country: "ES"},
	{name: "ES-CE", country: "ES", postcodes: "51", words: "ceuta"},
	{name: "ES-ML", country: "ES", postcodes: "52", words: "melilla"},
	{name: "IT-LI", country: "IT", postcodes: "23041", words: "livigno"},
	{name: "IT-LI", country: "IT", postcodes: "23030", words: "livigno", both: true},
	{name: "IT-CA", country: "IT", postcodes: "22061", words: "campioneditalia"},
	{name: "IT-CA", country: "IT", postcodes: "22060", words: "campione", both: true},
	{name: "IT-CA", country: "CH", postcodes: "6911"},
	{name: "SM", country: "IT", postcodes: "4789", words: "sanmarino", post: true},
	{name: "VA", country: "IT", postcodes: "00120", words: "cittadelvaticano,vatican", post: true},
	{name: "AX", country: "FI", postcodes: "22 AX", words: "aland,mariehamn", post: true},
	{name: "GR-69", country: "GR", postcodes: "63086 63087", words: "agionoros,hagionoros,mountathos,αγιοοροσ"},
	{name: "FO", country: "DK", postcodes: "FO", words: "torshavn,faroe,faero,foroyar", post: true},
	{name: "GL", country: "DK", postcodes: "39 GL", words: "greenland,gronland,nuuk", post: true},
	{name: "BL", country: "FR", postcodes: "97133 977", words: "stbarthelemy", post: true},
	{name: "MF", country: "FR", postcodes: "97150 978", post: true},
	{name: "GP", country: "FR", postcodes: "971", words: "guadeloupe", post: true},
	{name: "MQ", country: "FR", postcodes: "972", words: "martinique", post: true},
	{name: "GF", country: "FR", postcodes: "973", words: "guyane", post: true},
	{name: "RE", country: "FR", postcodes: "974", words: "lareunion", post: true},
	{name: "PM", country: "FR", postcodes: "975", words: "stpierreetmiquelon", post: true},
	{name: "YT", country: "FR", postcodes: "976", words: "mayotte", post: true},
	{name: "MC", country: "FR", postcodes: "980", words: "monaco", post: true},
	{name: "TF", country: "FR", postcodes: "984", post: true},
	{name: "WF", country: "FR", postcodes: "986", words: "wallisetfutuna", post: true},
	{name: "PF", country: "FR", postcodes: "987", words: "polynesie", post: true},
	{name: "NC", country: "FR", postcodes: "988", words: "nouvellecaledonie", post: true},
	{name: NorthernIreland, country: "GB", postcodes: "BT", words: "northernireland,belfast"},
	{name: "GG", country: "GB", postcodes: "GY", words: "guernsey,alderney", post: true},
	{name: "JE", country: "GB", postcodes: "JE", words: "jersey", post: true},
	{name: "IM", country: "GB", postcodes: "IM", words: "isleofman", post: true},
	{name: "GB-BF", country: "GB", postcodes: "BFPO BF1", words: "bfpo"},
	{name: "GI", country: "GB", postcodes: "GX", words: "gibraltar", post: true},
	{name: "FK", country: "GB", postcodes: "FIQQ", words: "falkland", post: true},
	{name: "SH", country: "GB", postcodes: "STHL", post: true},
	{name: "AC", country: "GB", postcodes: "ASCN", post: true},
	{name: "TA", country: "GB", postcodes: "TDCU", post: true},
	{name: "TC", country: "GB", postcodes: "TKCA", post: true},
	{name: "PN", country: "GB", postcodes: "PCRN", post: true},
	{name: "IO", country: "GB", postcodes: "BBND", post: true},
	{name: "GS", country: "GB", postcodes: "SIQQ", post: true},
	{name: "SJ", country: "NO", postcodes: "8099 917", words: "svalbard,longyearbyen,janmayen", post: true},
	{name: "PR", country: "US", postcodes: "006 007 009", words: "puertorico,pr"},
	{name: "VI", country: "US", postcodes: "008", words: "virginislands,vi"},
	{name: "GU", country: "US", postcodes: "9691 9692 96931 96932", words: "guam,gu"},
	{name: "AS", country: "US", postcodes: "96799", words: "americansamoa,as"},
	{name: "MP", country: "US", postcodes: "9695", words: "northernmariana,saipan,mp"},
	{name: "PW", country: "US", postcodes: "96939 96940", words: "palau,pw"},
	{name: "FM", country: "US", postcodes: "96941 96942 96943 96944", words: "micronesia,fm"},
	{name: "MH", country: "US", postcodes: "9696 9697", words: "marshallislands,mh"},
	{name: "US-AM", country: "US", postcodes: "09 340 962 963 964 965 966", words: "apo,fpo,dpo,aa,ae,ap"},
	{name: "AW", country: "NL", postcodes: none, words: "aruba", post: true},
	{name: "CW", country: "NL", postcodes: none, words: "curacao", post: true},
	{name: "SX", country: "NL", postcodes: none, words: "sintmaarten,stmartin", post: true},
	{name: "BQ", country: "NL", postcodes: none, words: "bonaire,sinteustatius,saba", post: true},
	{name: "CK", country: "NZ", postcodes: none, words: "cookislands,rarotonga", post: true},
	{name: "NU", country: "NZ", postcodes: none, words: "niue", post: true},
	{name: "TK", country: "NZ", postcodes: none, words: "tokelau", post: true},
	{name: "NF", country: "AU", postcodes: "2899", words: "norfolkisland", post: true},
	{name: "CX", country: "AU", postcodes: "6798", words: "christmasisland", post: true},
	{name: "CC", country: "AU", postcodes: "6799", words: "cocos", post: true},
	{name: "HK", country: "CN", postcodes: "999077", words: "hongkong,香港", post: true},
	{name: "HK", country: "CN", words: "hongkong,香港", post: true},
	{name: "MO", country: "CN", postcodes: "999078", words: "macau,macao,澳门,澳門", post: true},
	{name: "MO", country: "CN", words: "macau,macao,澳门,澳門", post: true},
	{name: "LI", country: "CH", postcodes: "9485 9486 9487 9488 9489 949", post: true},
}

// none is what no postcode begins with.
const none = "-"

// NorthernIreland is the [Place] of addresses there.
const NorthernIreland = "XI"
