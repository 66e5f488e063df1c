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
	ExtraServices                                                                                                     []string
	PackageValue                                                                                                      float64
	CustomerReference                                                                                                 []struct {
		ReferenceNumber      string
		PrintReferenceNumber bool
	}
	PackageOptions struct{ PackageValue float64 }
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
	case slices.Contains(p.ExtraServices, "930") && slices.Contains(p.ExtraServices, "931"):
		return "The extra services exclude each other"
	}
	return ""
}

// fees are of the services beside the way; the express class has no plain signature.
var fees = map[string]int64{"921": 370, "922": 970, "930": 275, "931": 1195}

// cents is what a class costs, by its own kind of rate.
func cents(class, kind string, pounds float64) (int64, bool) {
	base, ok := map[string]int64{"USPS_GROUND_ADVANTAGE SP": 590, "USPS_GROUND_ADVANTAGE CP": 540, "PRIORITY_MAIL SP": 850, "PRIORITY_MAIL_EXPRESS PA": 2895}[class+" "+kind]
	return base + int64(pounds*4)*25, ok
}

func amount(n int64) json.Number { return json.Number(fmt.Sprintf("%d.%02d", n/100, n%100)) }

func (a *Account) options(w http.ResponseWriter, r *http.Request) {
	var in struct {
		OriginZIPCode, DestinationZIPCode, DestinationEntryFacilityType string
		PackageDescription                                              parcelIn
		PricingOptions                                                  []struct{ PriceType string }
	}
	if !read(w, r, &in) {
		return
	}
	p := in.PackageDescription
	wrong := p.wrong(a.o.Now())
	switch {
	case !five.MatchString(in.OriginZIPCode) || !five.MatchString(in.DestinationZIPCode) || in.DestinationZIPCode == "00000":
		wrong = "Could not find zone from provided ZIPs, date, and mail class"
	case p.MailClass != "ALL_OUTBOUND" || len(in.PricingOptions) != 1:
		wrong = "The mail class is not known"
	}
	if wrong != "" {
		fail(w, http.StatusBadRequest, "", wrong)
		return
	}
	all := []object{}
	for _, class := range []string{"USPS_GROUND_ADVANTAGE", "PRIORITY_MAIL", "PRIORITY_MAIL_EXPRESS", "MEDIA_MAIL"} {
		rates := []object{}
		for _, kind := range []string{"SP", "CP", "PA", "FB"} { // FB is USPS's own box, and cheap
			price, sold := cents(class, kind, p.Weight)
			if kind == "FB" && class == "PRIORITY_MAIL" || class == "MEDIA_MAIL" && kind == "SP" {
				price, sold = 300, true
			}
			if !sold {
				continue
			}
			one := object{
				"commitment": object{"name": "3 Days", "scheduleDeliveryDate": a.o.Now().AddDate(0, 0, 3).Format(time.DateOnly), "guaranteedDelivery": kind == "PA"}, "totalBasePrice": amount(price),
				"rates": []object{{"description": class + " " + kind, "price": amount(price), "mailClass": class, "processingCategory": "MACHINABLE", "rateIndicator": kind, "destinationEntryFacilityType": "NONE", "SKU": "DXXP"}},
			}
			extras, total := []object{}, price
			for _, code := range p.ExtraServices {
				if fee, ok := fees[code]; ok && !(code == "921" && kind == "PA") {
					extras = append(extras, object{"extraService": code, "price": amount(fee)})
					total += fee
				}
			}
			if len(p.ExtraServices) > 0 {
				one["extraServices"], one["totalPrice"] = extras, amount(total)
			}
			rates = append(rates, one)
		}
		all = append(all, object{"mailClass": class, "rateOptions": rates})
	}
	answer(w, http.StatusOK, object{"originZIPCode": in.OriginZIPCode, "pricingOptions": []object{{"shippingOptions": all, "priceType": "COMMERCIAL"}}})
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
	}
	if !read(w, r, &in) {
		return
	}
	p := in.PackageDescription
	wrong := p.wrong(a.o.Now())
	price, sold := cents(p.MailClass, p.RateIndicator, p.Weight)
	switch mishap := a.book.Take(carriersim.PoorFunds, carriersim.BadAddress, carriersim.NoService); {
	case wrong != "":
	case !uuids.MatchString(r.Header.Get("X-Idempotency-Key")):
		wrong = "X-Idempotency-Key must be a UUID"
	case in.FromAddress.wrong(), in.ToAddress.wrong(), mishap == carriersim.BadAddress:
		wrong = "Address Not Found"
	case in.ImageInfo.wrong():
		wrong = "The imageInfo is not valid"
	case !sold, mishap == carriersim.NoService, p.ProcessingCategory != "MACHINABLE", p.DestinationEntryFacilityType != "NONE":
		wrong = "The rate is not available for the mail class"
	case p.WeightUOM != "lb" || p.DimensionsUOM != "in" || len(p.CustomerReference) > 4 || len(p.CustomerReference) == 0 || len(p.CustomerReference[0].ReferenceNumber) > 30:
		wrong = "The packageDescription is not valid"
	case slices.Contains(p.ExtraServices, "930") && (p.PackageOptions.PackageValue <= 0 || p.PackageOptions.PackageValue > 500):
		wrong = "The value of the package does not fit the extra service"
	case mishap == carriersim.PoorFunds:
		wrong = "Insufficient funds in the account"
	}
	if wrong != "" {
		fail(w, http.StatusBadRequest, "160001", wrong)
		return
	}
	a.sell(w, p, in.ToAddress, in.ImageInfo, price, r.Header.Get("X-Idempotency-Key"))
}

func (a *Account) sell(w http.ResponseWriter, p parcelIn, to addressIn, image imageIn, price int64, key string) {
	mishap := a.book.Take(carriersim.PriceUp, carriersim.NoLabel)
	if mishap == carriersim.PriceUp {
		price += price / 10
	}
	total := price
	for _, code := range p.ExtraServices {
		total += fees[code]
	}
	number := carriersim.USPSNumber(a.book.Serial())
	l := a.book.Sell(carriersim.Label{
		ID: number, Ref: p.CustomerReference[0].ReferenceNumber, Tracking: number, Carrier: "USPS", Service: p.MailClass, Minor: total, Currency: "USD",
		To: to.address(), Grams: int(p.Weight*453.59237 + 0.5), At: a.o.Now(),
	})
	s := &sold{Label: *l, key: key, mailing: p.MailingDate}
	a.mu.Lock()
	a.sold = append(a.sold, s)
	a.mu.Unlock()
	if mishap == carriersim.NoLabel {
		image.ImageType = ""
	}
	multi(w, a.metadata(s, price, p.ExtraServices), paper(l, image))
}

func (a *Account) metadata(s *sold, price int64, extras []string) part {
	list := []object{}
	for _, code := range extras {
		list = append(list, object{"extraService": code, "price": amount(fees[code])})
	}
	body, _ := json.Marshal(object{
		"trackingNumber": s.Tracking, "postage": short(price), "extraServices": list, "fees": []any{}, "zone": "04", "mailingDate": s.mailing, "SKU": "DUXP", "links": []any{},
	})
	return part{"labelMetadata", "application/json", string(body)}
}

// short is a number without the noughts at its end, as JSON has it.
func short(n int64) json.Number { return json.Number(strconv.FormatFloat(float64(n)/100, 'f', -1, 64)) }

func paper(l *carriersim.Label, image imageIn) part {
	form, dpi := strings.ToLower(image.ImageType), 203
	if strings.HasPrefix(form, "zpl") {
		dpi, _ = strconv.Atoi(strings.Trim(form, "zpldi"))
		form = "zpl"
	}
	p := part{"labelImage", "application/octet-stream", ""}
	if data, err := carriersim.Paper(*l, form, dpi); err == nil && form != "" {
		p.body = base64.StdEncoding.EncodeToString(data)
	}
	return p
}
