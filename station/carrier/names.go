package carrier

import (
	"strings"
	"unicode"
)

// carriers are the words for one carrier in the interfaces of many, without their
// blanks and marks, by the word that a bench has for it.
var carriers = map[string]string{
	"usps": "usps", "stampscom": "usps", "uspsreturns": "usps", "endicia": "usps", "unitedstatespostalservice": "usps",
	"ups": "ups", "upsdap": "ups", "upswalleted": "ups", "unitedparcelservice": "ups", "upsmailinnovations": "ups-mi", "upsmi": "ups-mi", "upssurepost": "ups",
	"fedex": "fedex", "fedexdefault": "fedex", "fedexwalleted": "fedex", "fedexground": "fedex", "fedexexpress": "fedex", "fedexsmartpost": "fedex",
	"dhl": "dhl", "dhlexpress": "dhl-express", "dhlexpressworldwide": "dhl-express", "dhlexpressdefault": "dhl-express", "dhlecommerce": "dhl-ecommerce",
	"dhlecs": "dhl-ecommerce", "globalmail": "dhl-ecommerce", "dhlparcel": "dhl", "dhlparcelde": "dhl", "dhlpaket": "dhl", "dhlde": "dhl", "dhlgermany": "dhl",
	"deutschepost": "deutsche-post", "dpd": "dpd", "dpdde": "dpd", "dpduk": "dpd", "gls": "gls", "glsde": "gls", "hermes": "hermes", "evri": "evri",
	"royalmail": "royal-mail", "parcelforce": "parcelforce", "canadapost": "canada-post", "canpar": "canpar", "purolator": "purolator",
	"australiapost": "australia-post", "auspost": "australia-post", "postnl": "postnl", "bpost": "bpost", "colissimo": "colissimo", "chronopost": "chronopost",
	"postnord": "postnord", "inpost": "inpost", "ontrac": "ontrac", "lasership": "ontrac", "asendia": "asendia", "aramex": "aramex", "tnt": "tnt",
	"amazonshipping": "amazon", "amazonbuyshipping": "amazon", "sendcloud": "sendcloud",
}

// Slug is the one word that a bench has for a carrier, however an interface writes it:
// the van of a carrier takes the parcels of all accounts. "UPS®" and "UPSDAP" are ups; a
// carrier that is not known keeps its own name, in small letters with hyphens.
func Slug(name string) string {
	var joined, spaced strings.Builder
	for _, r := range strings.ToLower(name) {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			joined.WriteRune(r)
			spaced.WriteRune(r)
		case r == ' ' || r == '_' || r == '-' || r == '/':
			spaced.WriteByte(' ')
		}
	}
	if known, ok := carriers[joined.String()]; ok {
		return known
	}
	return strings.Join(strings.Fields(spaced.String()), "-")
}

// Named is what people call a carrier, by its word.
func Named(slug string) string {
	switch slug {
	case "usps", "ups", "dhl", "dpd", "gls", "tnt":
		return strings.ToUpper(slug)
	case "fedex":
		return "FedEx"
	case "dhl-express":
		return "DHL Express"
	case "dhl-ecommerce":
		return "DHL eCommerce"
	case "ups-mi":
		return "UPS Mail Innovations"
	case "inpost":
		return "InPost"
	case "postnl":
		return "PostNL"
	case "postnord":
		return "PostNord"
	case "ontrac":
		return "OnTrac"
	}
	words := strings.Split(slug, "-")
	for i, w := range words {
		if w != "" {
			words[i] = strings.ToUpper(w[:1]) + w[1:]
		}
	}
	return strings.Join(words, " ")
}
