package fedexsim

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"packbench/station/carrier/carriersim"
)

var ten = regexp.MustCompile(`^\d{10}$`)

func (p party) wrong(who string) (code, message string) {
	a := p.Address
	north := slices.Contains([]string{"US", "CA", "PR"}, a.CountryCode)
	switch {
	case p.Contact.PersonName == "" && p.Contact.CompanyName == "", utf8.RuneCountInString(p.Contact.CompanyName) > 35:
		return who + ".CONTACT.INVALID", "Missing or invalid contact"
	case len(a.StreetLines) == 0 || len(a.StreetLines) > 3 || slices.ContainsFunc(a.StreetLines, func(l string) bool { return l == "" || utf8.RuneCountInString(l) > 35 }):
		return who + ".STREETLINES.INVALID", "The street lines are missing or too long"
	case a.City == "" || utf8.RuneCountInString(a.City) > 35:
		return who + ".CITY.INVALID", "The city is missing or too long"
	case len(a.CountryCode) != 2, north && a.PostalCode == "", a.PostalCode == "00000":
		return who + ".POSTALCODE.INVALID", "The postal code is missing or invalid"
	case (a.CountryCode == "US" || a.CountryCode == "CA") != (len(a.StateOrProvinceCode) == 2) && a.CountryCode != "PR":
		return who + ".STATEORPROVINCECODE.INVALID", "The state or province code is invalid"
	case north && !ten.MatchString(p.Contact.PhoneNumber), p.Contact.PhoneNumber == "":
		return who + ".PHONENUMBER.INVALID", "The phone number is invalid"
	}
	return "", ""
}

func (s shipment) border() bool {
	return s.Shipper.Address.CountryCode != s.Recipient.Address.CountryCode
}

// wrong is what FedEx refuses a shipment for.
func (in request) wrong(now time.Time) (code, message string) {
	s := in.s
	if in.AccountNumber.Value != number {
		return "ACCOUNT.NUMBER.MISMATCH", "Account number in payor segment must match the shipper account number"
	}
	if code, message := s.Shipper.wrong("SHIPPER"); code != "" {
		return code, message
	}
	if code, message := s.Recipient.wrong("RECIPIENT"); code != "" {
		return code, message
	}
	if len(s.RequestedPackageLineItems) != 1 || s.PackagingType != "YOUR_PACKAGING" || s.PickupType == "" {
		return "PACKAGE.INVALID", "One package in its own packaging is needed"
	}
	p := s.RequestedPackageLineItems[0]
	day, err := time.Parse(time.DateOnly, s.ShipDate)
	units, sides := "KG", "CM"
	if s.Shipper.Address.CountryCode == "US" {
		units, sides = "LB", "IN"
	}
	switch {
	case p.Weight.Value <= 0 || p.Weight.Value > 150 || p.Weight.Units != units:
		return "PACKAGE.WEIGHT.INVALID", "The weight is missing or invalid"
	case p.Dimensions != nil && (p.Dimensions.Length < p.Dimensions.Width || p.Dimensions.Height <= 0 || p.Dimensions.Units != sides):
		return "PACKAGE.DIMENSIONS.INVALID", "The dimensions are invalid"
	case err != nil || day.Before(now.Truncate(24*time.Hour)) || day.After(now.AddDate(0, 0, 10)):
		return "SHIPDATE.INVALID", "The ship date is invalid"
	case p.PackageSpecialServices.SignatureOptionType != "" && !slices.Contains(p.PackageSpecialServices.SpecialServiceTypes, "SIGNATURE_OPTION"):
		return "SIGNATUREOPTION.INVALID", "The signature option is not asked for"
	case s.border():
		return s.customsWrong()
	}
	return "", ""
}

func (s shipment) customsWrong() (code, message string) {
	c := s.CustomsClearanceDetail
	if c == nil || c.DutiesPayment.PaymentType == "" || len(c.Commodities) == 0 || c.TotalCustomsValue.Amount <= 0 {
		return "CUSTOMS.DETAIL.MISSING", "The customs clearance detail is missing"
	}
	if slices.ContainsFunc(c.CommercialInvoice.CustomerReferences, func(r reference) bool { return r.CustomerReferenceType != "INVOICE_NUMBER" || len(r.Value) > 30 }) {
		return "COMMERCIALINVOICE.REFERENCE.INVALID", "A reference of the commercial invoice is invalid"
	}
	for _, one := range c.Commodities {
		if one.Description == "" || one.Quantity <= 0 || one.QuantityUnits == "" || one.CountryOfManufacture == "" || one.Weight == nil || one.UnitPrice.Currency == "" {
			return "COMMODITY.INVALID", "A commodity is incomplete"
		}
	}
	return "", ""
}

// told is what label and invoice show beside what they need.
func (s shipment) told() (order, invoice, comments string) {
	for _, r := range s.RequestedPackageLineItems[0].CustomerReferences {
		if r.CustomerReferenceType == "P_O_NUMBER" {
			order = r.Value
		}
	}
	if c := s.CustomsClearanceDetail; c != nil {
		if r := c.CommercialInvoice.CustomerReferences; len(r) > 0 {
			invoice = r[0].Value
		}
		comments = strings.Join(c.CommercialInvoice.Comments, " ")
	}
	return order, invoice, comments
}

// cents is what a service costs. Homes have a Ground of their own.
func (s shipment) cents(service string) (int64, bool) {
	home := s.Recipient.Address.Residential
	if s.border() != (service == "FEDEX_INTERNATIONAL_PRIORITY") || service == "FEDEX_GROUND" && home || service == "GROUND_HOME_DELIVERY" && !home {
		return 0, false
	}
	base, ok := map[string]int64{"FEDEX_GROUND": 1020, "GROUND_HOME_DELIVERY": 1240, "FEDEX_2_DAY": 2650, "STANDARD_OVERNIGHT": 4880, "FEDEX_INTERNATIONAL_PRIORITY": 9100}[service]
	p := s.RequestedPackageLineItems[0]
	base += map[string]int64{"DIRECT": 590, "ADULT": 750}[p.PackageSpecialServices.SignatureOptionType]
	if p.DeclaredValue != nil && p.DeclaredValue.Amount > 100 {
		base += 390
	}
	return base + int64(p.Weight.Value*2)*35, ok
}

func short(n int64) json.Number {
	if n%10 == 0 {
		return json.Number(fmt.Sprintf("%d.%d", n/100, n%100/10))
	}
	return json.Number(fmt.Sprintf("%d.%02d", n/100, n%100))
}

func (a *Account) rate(w http.ResponseWriter, r *http.Request) {
	in, ok := a.asked(w, r, "shipper", "recipient", "shipDateStamp", "rateRequestType")
	if !ok {
		return
	}
	offers := []object{}
	for _, service := range []string{"FEDEX_GROUND", "GROUND_HOME_DELIVERY", "FEDEX_2_DAY", "STANDARD_OVERNIGHT", "FEDEX_INTERNATIONAL_PRIORITY"} {
		price, sold := in.s.cents(service)
		if !sold {
			continue
		}
		row := func(kind string, n int64) object {
			return object{"rateType": kind, "totalNetCharge": short(n), "currency": "USD", "shipmentRateDetail": object{"currency": "USD"}}
		}
		offer := object{
			"serviceType": service, "serviceName": "FedEx " + service + "®", "packagingType": "YOUR_PACKAGING",
			"ratedShipmentDetails": []object{row("LIST", price*2), row("ACCOUNT", price)}, "operationalDetail": object{"transitTime": "TWO_DAYS"},
		}
		if in.RateRequestControlParameters.ReturnTransitTimes {
			offer["commit"] = object{
				"dateDetail":  object{"dayFormat": a.o.Now().AddDate(0, 0, 3).Format("2006-01-02T15:04:05")},
				"transitDays": object{"minimumTransitTime": "THREE_DAYS", "description": "3 Business Days"},
			}
		}
		offers = append(offers, offer)
	}
	answer(w, http.StatusOK, object{"transactionId": "APIF-simulated", "output": object{"rateReplyDetails": offers, "quoteDate": a.o.Now().Format(time.DateOnly), "alerts": a.alerts()}})
}

func (a *Account) ship(w http.ResponseWriter, r *http.Request) {
	in, ok := a.asked(w, r, "shipper", "recipients", "shipDatestamp", "labelSpecification", "shippingChargesPayment", "serviceType")
	if !ok {
		return
	}
	s, label := in.s, in.s.LabelSpecification
	price, sold := s.cents(s.ServiceType)
	p := s.RequestedPackageLineItems[0]
	mishap := a.book.Take(carriersim.BadAddress, carriersim.NoService, carriersim.PriceUp, carriersim.NoLabel, carriersim.OtherParcel, carriersim.Slow)
	switch {
	case in.LabelResponseOptions != "LABEL" || s.ShippingChargesPayment.PaymentType != "SENDER":
		fail(w, http.StatusBadRequest, "LABELRESPONSEOPTIONS.INVALID", "labelResponseOptions is invalid")
		return
	case label.ImageType == "PDF" && label.LabelStockType != "PAPER_4X6" || label.ImageType == "ZPLII" && label.LabelStockType != "STOCK_4X6" || label.ImageType != "ZPLII" && label.Resolution == 300:
		fail(w, http.StatusBadRequest, "LABELSPECIFICATION.INVALID", "The stock does not fit the image type")
		return
	case len(p.CustomerReferences) == 0 || slices.ContainsFunc(p.CustomerReferences, func(r reference) bool { return len(r.Value) > 30 }):
		fail(w, http.StatusBadRequest, "CUSTOMERREFERENCE.INVALID", "A customer reference is too long")
		return
	case mishap == carriersim.BadAddress:
		fail(w, http.StatusBadRequest, "RECIPIENT.ADDRESS.INVALID", "The recipient's address could not be found")
		return
	case !sold, mishap == carriersim.NoService:
		fail(w, http.StatusBadRequest, "SERVICE.NOT.ALLOWED", "The service is not allowed between these places")
		return
	case mishap == carriersim.PriceUp:
		price += price / 10
	}
	a.sell(w, s, price, mishap, r.Header.Get("X-Customer-Transaction-Id"))
}

func (a *Account) sell(w http.ResponseWriter, s shipment, price int64, mishap carriersim.Mishap, echo string) {
	p, label := s.RequestedPackageLineItems[0], s.LabelSpecification
	weight := p.Weight.Value * 1000
	if p.Weight.Units == "LB" {
		weight = p.Weight.Value * 453.59237
	}
	tracking := carriersim.FedExNumber(a.book.Serial())
	order, invoice, comments := s.told()
	l := *a.book.Sell(carriersim.Label{
		Order: order, Invoice: invoice, Comments: comments,
		ID: tracking, Ref: p.CustomerReferences[0].Value, Tracking: tracking, Carrier: "FedEx", Service: s.ServiceType, Minor: price, Currency: "USD",
		To: s.Recipient.address(), Grams: int(weight + 0.5), At: a.o.Now(), Test: a.Virtual.Load(),
	})
	a.mu.Lock()
	a.days[tracking] = s.ShipDate
	a.mu.Unlock()
	form, dpi := "pdf", 203
	if label.ImageType == "ZPLII" {
		form, dpi = "zpl", label.Resolution
	}
	document := object{"contentType": "LABEL", "docType": label.ImageType, "trackingNumber": tracking, "encodedLabel": a.paper(l, form, dpi)}
	if mishap == carriersim.NoLabel {
		delete(document, "encodedLabel")
	}
	if mishap == carriersim.OtherParcel {
		echo, tracking = "another one", carriersim.FedExNumber(a.book.Serial())
	}
	one := object{
		"serviceType": s.ServiceType, "shipDatestamp": s.ShipDate, "masterTrackingNumber": tracking, "shipmentDocuments": []object{}, "alerts": []object{},
		"pieceResponses": []object{{"trackingNumber": tracking, "masterTrackingNumber": tracking, "netChargeAmount": short(price), "currency": "USD", "packageDocuments": []object{document}}},
	}
	if s.border() && slices.Contains(s.ShippingDocumentSpecification.ShippingDocumentTypes, "COMMERCIAL_INVOICE") {
		one["shipmentDocuments"] = []object{{"contentType": "COMMERCIAL_INVOICE", "docType": "PDF", "encodedLabel": a.paper(l, "pdf", 203)}}
	}
	output := object{"transactionShipments": []object{one}, "alerts": a.alerts()}
	if mishap == carriersim.Slow { // as a job, whose result is asked for later
		output = object{"jobId": "89sxxxxx233ae24ff31xxxxx"}
	}
	answer(w, http.StatusOK, object{"transactionId": "624deea6-simulated", "customerTransactionId": echo, "output": output})
}
