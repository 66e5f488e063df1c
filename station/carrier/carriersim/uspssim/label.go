package uspssim

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"packbench/station/carrier/carriersim"
)

var (
	five  = regexp.MustCompile(`^\d{5}$`)
	four  = regexp.MustCompile(`^(\d{4})?$`)
	ten   = regexp.MustCompile(`^(\d{10})?$`)
	uuids = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
)

type addressIn struct {
	Firm, FirstName, LastName, StreetAddress, SecondaryAddress, City, State, ZIPCode, ZIPPlus4, Phone string
}

func (i addressIn) wrong() bool {
	long := func(s string, most int) bool { return utf8.RuneCountInString(s) > most }
	return i.Firm == "" && (i.FirstName == "" || i.LastName == "") || i.StreetAddress == "" || i.City == "" || len(i.State) != 2 || !five.MatchString(i.ZIPCode) ||
		!four.MatchString(i.ZIPPlus4) || !ten.MatchString(i.Phone) || long(i.Firm, 50) || long(i.StreetAddress, 50) || long(i.SecondaryAddress, 50) || long(i.City, 28)
}

func (i addressIn) address() carriersim.Address {
	return carriersim.Address{
		Name: strings.TrimSpace(i.FirstName + " " + i.LastName), Company: i.Firm, Street: i.StreetAddress, Street2: i.SecondaryAddress, City: i.City,
		Region: i.State, Postcode: i.ZIPCode, Country: "US", Phone: i.Phone,
	}
}

type parcelIn struct {
	MailClass, RateIndicator, ProcessingCategory, DestinationEntryFacilityType, WeightUOM, DimensionsUOM, MailingDate string
	Weight, Length, Width, Height                                                                                     float64 // a number, and no text
	ExtraServices                                                                                                     []int   // and no texts
	PackageValue                                                                                                      float64
	CustomerReference                                                                                                 []struct {
		ReferenceNumber      string
		PrintReferenceNumber bool
	}
	PackageOptions struct {
		PackageValue      float64
		NonDeliveryOption string
	}
}

func (p parcelIn) wrong(today time.Time) string {
	day, err := time.Parse(time.DateOnly, p.MailingDate)
	today = today.Truncate(24 * time.Hour)
	switch {
	case p.Weight <= 0 || p.Weight > 70:
		return "The weight must be above 0 and at most 70 pounds"
	case p.Length < p.Width || p.Width < p.Height || p.Height <= 0:
		return "The dimensions must be above 0, the length the longest"
	case err != nil || day.Before(today) || day.After(today.AddDate(0, 0, 7)):
		return "The mailing date must be today or at most seven days on"
	case slices.Contains(p.ExtraServices, 930) && slices.Contains(p.ExtraServices, 931):
		return "The extra services exclude each other"
	}
	return ""
}

// fees are of the services beside the way; the express class has no plain signature.
var fees = map[int]int64{921: 370, 922: 970, 930: 275, 931: 1195}

// cents is what a class costs, by its own kind of rate.
func cents(class, kind string, pounds float64) (int64, bool) {
	base, ok := map[string]int64{
		"USPS_GROUND_ADVANTAGE SP": 590, "USPS_GROUND_ADVANTAGE CP": 540, "PRIORITY_MAIL SP": 850, "PRIORITY_MAIL_EXPRESS PA": 2895,
		"FIRST-CLASS_PACKAGE_INTERNATIONAL_SERVICE SP": 1690, "PRIORITY_MAIL_INTERNATIONAL SP": 4560, "PRIORITY_MAIL_EXPRESS_INTERNATIONAL PA": 6564,
	}[class+" "+kind]
	return base + int64(pounds*4)*25, ok
}

func amount(n int64) json.Number { return json.Number(fmt.Sprintf("%d.%02d", n/100, n%100)) }

func (a *Account) options(w http.ResponseWriter, r *http.Request) {
	var in struct {
		OriginZIPCode, DestinationZIPCode, DestinationEntryFacilityType, DestinationCountryCode, ForeignPostalCode string
		PackageDescription                                                                                         parcelIn
		PricingOptions                                                                                             []struct{ PriceType string }
	}
	if !read(w, r, &in) {
		return
	}
	p := in.PackageDescription
	wrong, abroad := p.wrong(a.o.Now()), in.DestinationCountryCode != ""
	switch {
	case abroad && (in.DestinationZIPCode+in.DestinationEntryFacilityType != "" || !two.MatchString(in.DestinationCountryCode) || len(in.ForeignPostalCode) > 11):
		wrong = "OASValidation: Instance failed to match exactly one schema (matched 0 out of 2)"
	case abroad && (p.MailClass != "ALL" || len(in.PricingOptions) != 1):
		wrong = "The mail class is not known"
	case abroad:
	case !five.MatchString(in.OriginZIPCode) || !five.MatchString(in.DestinationZIPCode) || in.DestinationZIPCode == "00000":
		wrong = "Could not find zone from provided ZIPs, date, and mail class"
	case p.MailClass != "ALL_OUTBOUND" || len(in.PricingOptions) != 1:
		wrong = "The mail class is not known"
	}
	if wrong != "" {
		fail(w, http.StatusBadRequest, "", wrong)
		return
	}
	all, from := []object{}, domestic
	if abroad {
		from = international
	}
	for _, c := range from {
		rates := []object{}
		for _, k := range c.rates {
			if c.most == 0 || p.Weight <= c.most {
				rates = append(rates, a.option(p, c.class, k))
			}
		}
		if len(rates) > 0 {
			all = append(all, object{"mailClass": c.class, "rateOptions": rates})
		}
	}
	answer(w, http.StatusOK, object{"originZIPCode": in.OriginZIPCode, "pricingOptions": []object{{"shippingOptions": all, "priceType": "COMMERCIAL"}}})
}

// priced is a kind of rate, for a kind of piece.
type priced struct{ kind, category string }

// domestic and international are the mail classes with their rates, cheap ones of USPS's
// own boxes and of large envelopes among them, and what they weigh at the most.
var domestic = []struct {
	class string
	most  float64
	rates []priced
}{
	{"USPS_GROUND_ADVANTAGE", 0, []priced{{"SP", "MACHINABLE"}, {"CP", "MACHINABLE"}}},
	{"PRIORITY_MAIL", 0, []priced{{"SP", "MACHINABLE"}, {"FB", "MACHINABLE"}}},
	{"PRIORITY_MAIL_EXPRESS", 0, []priced{{"PA", "MACHINABLE"}}},
	{"MEDIA_MAIL", 0, []priced{{"SP", "MACHINABLE"}}},
}

// option is a rate with the services that it takes. The express class has no plain
// signature, and no class has a day abroad.
func (a *Account) option(p parcelIn, class string, k priced) object {
	price, sold := cents(class, k.kind, p.Weight)
	if !sold {
		price = 300
	}
	entry := "NONE"
	if abroad(class) {
		entry = "INTERNATIONAL_SERVICE_CENTER"
	}
	one := object{
		"totalBasePrice": amount(price),
		"rates": []object{{
			"description": class + " " + k.kind, "price": amount(price), "mailClass": class, "processingCategory": k.category, "rateIndicator": k.kind,
			"destinationEntryFacilityType": entry, "SKU": "DXXP", "fees": []any{},
		}},
	}
	if entry == "NONE" {
		one["commitment"] = object{"name": "3 Days", "scheduleDeliveryDate": a.o.Now().AddDate(0, 0, 3).Format(time.DateOnly), "guaranteedDelivery": k.kind == "PA"}
	}
	extras, total := []object{}, price
	for _, code := range p.ExtraServices {
		if fee, ok := fees[code]; ok && !(code == 921 && k.kind == "PA") && class != "FIRST-CLASS_PACKAGE_INTERNATIONAL_SERVICE" {
			extras = append(extras, object{"extraService": strconv.Itoa(code), "price": amount(fee)})
			total += fee
		}
	}
	if len(p.ExtraServices) > 0 {
		one["extraServices"], one["totalPrice"] = extras, amount(total)
	}
	return one
}

type imageIn struct{ ImageType, LabelType, ReceiptOption string }

func (i imageIn) wrong() bool {
	return !slices.Contains([]string{"PDF", "PNG", "ZPL203DPI", "ZPL300DPI"}, i.ImageType) || i.LabelType != "4X6LABEL"
}

func (a *Account) label(w http.ResponseWriter, r *http.Request) {
	var in struct {
		ImageInfo              imageIn
		FromAddress, ToAddress addressIn
		PackageDescription     parcelIn
		CustomsForm            *customsIn
	}
	if !read(w, r, &in) {
		return
	}
	p := in.PackageDescription
	wrong := ""
	switch {
	case in.FromAddress.wrong(), in.ToAddress.wrong():
		wrong = "Address Not Found"
	case in.CustomsForm == nil && in.ToAddress.papers():
		wrong = "Customs details are required for the destination"
	case in.CustomsForm != nil:
		wrong = in.CustomsForm.wrong(p, "")
	}
	to := in.ToAddress.address()
	a.order(w, r, p, to, in.ImageInfo, wrong, "NONE", in.CustomsForm)
}

// order sells a label, or says why not.
func (a *Account) order(w http.ResponseWriter, r *http.Request, p parcelIn, to carriersim.Address, image imageIn, wrong, entry string, form *customsIn) {
	if wrong == "" {
		wrong = p.wrong(a.o.Now())
	}
	price, sold := cents(p.MailClass, p.RateIndicator, p.Weight)
	switch mishap := a.book.Take(carriersim.PoorFunds, carriersim.BadAddress, carriersim.NoService); {
	case wrong != "":
	case !uuids.MatchString(r.Header.Get("X-Idempotency-Key")):
		wrong = "X-Idempotency-Key must be a UUID"
	case mishap == carriersim.BadAddress:
		wrong = "Address Not Found"
	case image.wrong():
		wrong = "The imageInfo is not valid"
	case !sold, mishap == carriersim.NoService, p.ProcessingCategory != "MACHINABLE", p.DestinationEntryFacilityType != entry, abroad(p.MailClass) != (entry != "NONE"):
		wrong = "The rate is not available for the mail class"
	case p.WeightUOM != "lb" || p.DimensionsUOM != "in" || len(p.CustomerReference) > 4 || len(p.CustomerReference) == 0 || len(p.CustomerReference[0].ReferenceNumber) > 30:
		wrong = "The packageDescription is not valid"
	case slices.Contains(p.ExtraServices, 930) && (p.PackageOptions.PackageValue <= 0 || p.PackageOptions.PackageValue > 500):
		wrong = "The value of the package does not fit the extra service"
	case mishap == carriersim.PoorFunds:
		wrong = "Insufficient funds in the account"
	}
	if wrong != "" {
		fail(w, http.StatusBadRequest, "160001", wrong)
		return
	}
	pages := 0
	if form != nil { // the papers for customs are pages of the label
		pages = 3
	}
	a.sell(w, p, to, image, price, pages, r.Header.Get("X-Idempotency-Key"))
}

func (a *Account) sell(w http.ResponseWriter, p parcelIn, to carriersim.Address, image imageIn, price int64, pages int, key string) {
	mishap := a.book.Take(carriersim.PriceUp, carriersim.NoLabel)
	if mishap == carriersim.PriceUp {
		price += price / 10
	}
	total := price
	for _, code := range p.ExtraServices {
		total += fees[code]
	}
	number, status := carriersim.USPSNumber(a.book.Serial()), http.StatusOK
	if abroad(p.MailClass) {
		number, status = carriersim.S10Number("LZ", a.book.Serial(), "US"), http.StatusCreated
	}
	l := a.book.Sell(carriersim.Label{
		ID: number, Ref: p.CustomerReference[0].ReferenceNumber, Tracking: number, Carrier: "USPS", Service: p.MailClass, Minor: total, Currency: "USD",
		Pages: pages, To: to, Grams: int(p.Weight*453.59237 + 0.5), At: a.o.Now(),
	})
	s := &sold{Label: *l, key: key, mailing: p.MailingDate, abroad: abroad(p.MailClass)}
	a.mu.Lock()
	a.sold = append(a.sold, s)
	a.mu.Unlock()
	if mishap == carriersim.NoLabel {
		image.ImageType = ""
	}
	multi(w, status, a.metadata(s, price, p.ExtraServices), paper(s, image))
}

func (a *Account) metadata(s *sold, price int64, extras []int) part {
	list := []object{}
	for _, code := range extras {
		list = append(list, object{"extraService": strconv.Itoa(code), "serviceID": strconv.Itoa(code), "price": amount(fees[code])})
	}
	number := "trackingNumber"
	if s.abroad {
		number = "internationalTrackingNumber"
	}
	body, _ := json.Marshal(object{
		number: s.Tracking, "postage": short(price), "extraServices": list, "fees": []any{}, "zone": "04", "mailingDate": s.mailing, "SKU": "DUXP", "links": []any{},
	})
	return part{name: "labelMetadata", kind: "application/json", body: string(body)}
}

// short is a number without the noughts at its end, as JSON has it.
func short(n int64) json.Number { return json.Number(strconv.FormatFloat(float64(n)/100, 'f', -1, 64)) }

// paper is a label; abroad its part is called by the name of its file alone.
func paper(s *sold, image imageIn) part {
	form, dpi := strings.ToLower(image.ImageType), 203
	if strings.HasPrefix(form, "zpl") {
		dpi, _ = strconv.Atoi(strings.Trim(form, "zpldi"))
		form = "zpl"
	}
	p := part{name: "labelImage", kind: "application/octet-stream"}
	if s.abroad {
		p.file = "label-image." + form
	}
	if data, err := carriersim.Paper(s.Label, form, dpi); err == nil && form != "" {
		p.body = base64.StdEncoding.EncodeToString(data)
	}
	return p
}
