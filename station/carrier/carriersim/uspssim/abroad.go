package uspssim

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"packbench/station/carrier/carriersim"
)

// outbound is where labels abroad are sold.
const outbound = "/international-labels/v3/international-label"

var (
	two     = regexp.MustCompile(`^[A-Z]{2}$`)
	numbers = regexp.MustCompile(`^\.*(?:[A-Za-z\d]\.*){6,14}$`)
	phones  = regexp.MustCompile(`^$|^\+?[1-9][0-9]{7,14}$|^[0-9]{6,15}$`)
	exempt  = regexp.MustCompile(`^NO ?EEI 30\.(36|37\(a\))$`)
)

var international = []struct {
	class string
	most  float64
	rates []priced
}{
	{"FIRST-CLASS_PACKAGE_INTERNATIONAL_SERVICE", 4, []priced{{"SP", "MACHINABLE"}}},
	{"PRIORITY_MAIL_INTERNATIONAL", 0, []priced{{"SP", "FLATS"}, {"SP", "MACHINABLE"}, {"FB", "MACHINABLE"}, {"FE", "FLATS"}}},
	{"PRIORITY_MAIL_EXPRESS_INTERNATIONAL", 66, []priced{{"PA", "MACHINABLE"}, {"FP", "FLATS"}}},
}

func abroad(class string) bool { return strings.Contains(class, "INTERNATIONAL") }

// papers reports whether a national address lies beyond customs: the armed forces, and
// the territories but for Puerto Rico.
func (i addressIn) papers() bool {
	return slices.Contains([]string{"AA", "AE", "AP", "VI", "GU", "AS", "MP", "PW", "FM", "MH"}, i.State)
}

// customsIn is the form for customs.
type customsIn struct {
	CustomsContentType, AESITN, InvoiceNumber string
	Contents                                  []struct {
		ItemDescription, WeightUOM, HSTariffNumber, CountryofOrigin string
		ItemQuantity                                                int
		ItemTotalValue, ItemTotalWeight                             float64
	}
}

// wrong says what of a form is not as the manual wants it.
func (c customsIn) wrong(p parcelIn, country string) string {
	kinds := []string{"MERCHANDISE", "GIFT", "DOCUMENT", "COMMERCIAL_SAMPLE", "RETURNED_GOODS", "OTHER"}
	if !slices.Contains(kinds, c.CustomsContentType) || !exempt.MatchString(c.AESITN) || len(c.InvoiceNumber) > 15 || len(c.Contents) == 0 || len(c.Contents) > 30 {
		return "The customsForm is not valid"
	}
	weight := 0.0
	for _, i := range c.Contents {
		n := utf8.RuneCountInString(i.ItemDescription)
		switch {
		case n == 0 || n > 30 || i.ItemQuantity < 1 || i.ItemTotalValue < 0.01 || i.ItemTotalWeight <= 0 || i.WeightUOM != "lb" || !two.MatchString(i.CountryofOrigin):
			return "The contents of the customsForm are not valid"
		case i.HSTariffNumber != "" && !numbers.MatchString(i.HSTariffNumber):
			return "The HSTariffNumber is not valid"
		case country != "CA" && i.ItemTotalValue > 2500:
			return "The customsForm needs an ITN"
		}
		weight += i.ItemTotalWeight
	}
	if weight > p.Weight+1e-9 {
		return "The customs item weights add up to more than the package weight"
	}
	return ""
}

// abroadIn is an address abroad.
type abroadIn struct {
	Firm, FirstName, LastName, StreetAddress, SecondaryAddress, City, Province, PostalCode, Country, CountryISOAlpha2Code, Phone string
}

func (i abroadIn) wrong() bool {
	long := func(s string, most int) bool { return utf8.RuneCountInString(s) > most }
	return i.Firm == "" && (i.FirstName == "" || i.LastName == "") || i.StreetAddress == "" || i.City == "" || len(i.Country) <= 2 || !two.MatchString(i.CountryISOAlpha2Code) ||
		!phones.MatchString(i.Phone) || long(i.Firm, 50) || long(i.StreetAddress, 50) || long(i.SecondaryAddress, 50) || long(i.City, 28) || long(i.Province, 40) || long(i.PostalCode, 11)
}

// foreign sells a label abroad, with the papers for customs in it.
func (a *Account) foreign(w http.ResponseWriter, r *http.Request) {
	var in struct {
		ImageInfo          imageIn
		FromAddress        addressIn
		ToAddress          abroadIn
		PackageDescription parcelIn
		CustomsForm        *customsIn
	}
	if !read(w, r, &in) {
		return
	}
	to, p := in.ToAddress, in.PackageDescription
	wrong := ""
	switch {
	case in.FromAddress.wrong(), to.wrong():
		wrong = "Address Not Found"
	case in.ImageInfo.ReceiptOption != "":
		wrong = "OASValidation: object has a property that is not allowed: receiptOption"
	case in.CustomsForm == nil:
		wrong = "The customsForm is missing"
	case len(p.CustomerReference) > 2 || p.PackageOptions.NonDeliveryOption != "RETURN":
		wrong = "The packageDescription is not valid"
	case p.MailClass == "FIRST-CLASS_PACKAGE_INTERNATIONAL_SERVICE" && (p.Length > 24 || p.Weight > 4):
		wrong = "Shipping not supported for given package options"
	default:
		wrong = in.CustomsForm.wrong(p, to.CountryISOAlpha2Code)
	}
	a.order(w, r, p, carriersim.Address{
		Name: strings.TrimSpace(to.FirstName + " " + to.LastName), Company: to.Firm, Street: to.StreetAddress, Street2: to.SecondaryAddress, City: to.City,
		Region: to.Province, Postcode: to.PostalCode, Country: to.CountryISOAlpha2Code, Phone: to.Phone,
	}, in.ImageInfo, wrong, "INTERNATIONAL_SERVICE_CENTER", in.CustomsForm)
}

// keyless reports whether a label abroad is asked for by its key at an account that does
// not know them.
func (a *Account) keyless(r *http.Request) bool {
	return a.old && r.PathValue("number") == "" && strings.HasPrefix(r.URL.Path, outbound)
}

// missing is what the gateway says of a path that it does not have.
func missing(w http.ResponseWriter, r *http.Request) {
	answer(w, http.StatusNotFound, object{"apiVersion": "/international-labels/v3", "error": object{
		"code": "404", "message": "Resource " + r.URL.Path + " not found", "errors": []object{},
	}})
}
