package upssim

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"packbench/station/carrier/carriersim"
)

const form = "20060102"

// wrong is what UPS refuses a shipment for, as code and message.
func (a *Account) wrong(s shipment) (code, message string) {
	switch {
	case s.Shipper.ShipperNumber != shipper:
		return "111210", "Invalid shipper number"
	case len(s.Package) != 1:
		return "120600", "One package is needed"
	case s.ShipmentRatingOptions.NegotiatedRatesIndicator == "":
		return "111057", "This measurement system is not valid for the selected country or territory."
	}
	for who, p := range map[string]party{"shipper": s.Shipper, "ship to": s.ShipTo, "ship from": s.ShipFrom} {
		if code, message := p.wrong(who, s.border()); code != "" {
			return code, message
		}
	}
	p, us := s.Package[0], s.ShipFrom.Address.CountryCode == "US"
	pounds, err := strconv.ParseFloat(p.PackageWeight.Weight, 64)
	_, decimals, _ := strings.Cut(p.PackageWeight.Weight, ".")
	switch {
	case err != nil || pounds <= 0 || len(decimals) > 1:
		return "120500", "Missing or invalid package weight"
	case us != (p.PackageWeight.UnitOfMeasurement.Code == "LBS"), p.Dimensions != nil && us != (p.Dimensions.UnitOfMeasurement.Code == "IN"):
		return "120571", "This measurement system of weight is not valid for the selected country"
	case pounds > 150:
		return "111035", "The maximum per package weight is 150.00 pounds."
	case s.border() && s.InvoiceLineTotal.MonetaryValue == "":
		return "120502", "InvoiceLineTotal MonetaryValue must be greater than 0"
	}
	if d := p.Dimensions; d != nil {
		l, err1 := strconv.ParseFloat(d.Length, 64)
		w, err2 := strconv.ParseFloat(d.Width, 64)
		h, err3 := strconv.ParseFloat(d.Height, 64)
		if err1 != nil || err2 != nil || err3 != nil || l < w || w < h || h <= 0 {
			return "120510", "Missing or invalid package dimension"
		}
	}
	return "", ""
}

func (p party) wrong(who string, border bool) (code, message string) {
	a := p.Address
	most := func(s string, n int) bool { return utf8.RuneCountInString(s) <= n }
	north := a.CountryCode == "US" || a.CountryCode == "CA"
	switch {
	case p.Name == "" || !most(p.Name, 35):
		return "120201", "Missing or invalid " + who + " company name"
	case len(a.AddressLine) == 0 || len(a.AddressLine) > 3 || slices.ContainsFunc(a.AddressLine, func(l string) bool { return l == "" || !most(l, 35) }):
		return "120202", "Missing or invalid " + who + " address line 1"
	case a.City == "" || !most(a.City, 30):
		return "120205", "Missing or invalid " + who + " city"
	case north && len(a.StateProvinceCode) != 2:
		return "120206", "Missing or invalid " + who + " state/province code"
	case len(a.CountryCode) != 2:
		return "120213", "Missing or invalid " + who + " country code"
	case !most(a.PostalCode, 9) || north && a.PostalCode == "" || a.PostalCode == "00000":
		return "120207", "Missing or invalid " + who + " postal code"
	case !most(p.Phone.Number, 15) || strings.ContainsAny(p.Phone.Number, " +-()") || border && p.Phone.Number == "":
		return "120209", "Missing or invalid " + who + " phone number"
	case !most(p.AttentionName, 35) || border && p.AttentionName == "":
		return "120208", "Missing or invalid " + who + " attention name"
	}
	return "", ""
}

// cents is what a service costs, by the list.
func cents(code string, s shipment) (int64, bool) {
	if s.border() != slices.Contains([]string{"08", "65"}, code) {
		return 0, false
	}
	base, ok := map[string]int64{"03": 1100, "02": 2400, "01": 5200, "08": 6100, "65": 7300}[code]
	weight, _ := strconv.ParseFloat(s.Package[0].PackageWeight.Weight, 64)
	if s.ShipTo.Address.ResidentialAddressIndicator != nil { // whatever stands in it
		base += 500
	}
	for _, c := range []*struct{ DCISType string }{s.Package[0].PackageServiceOptions.DeliveryConfirmation, s.ShipmentServiceOptions.DeliveryConfirmation} {
		if c != nil {
			n, _ := strconv.ParseInt(c.DCISType, 10, 64)
			base += 300 * n // 1 and 2 of a shipment, 2 and 3 of a package
		}
	}
	return base + int64(weight*10)*6, ok
}

func price(n int64) object {
	return object{"CurrencyCode": "USD", "MonetaryValue": fmt.Sprintf("%d.%02d", n/100, n%100)}
}

func (a *Account) rate(w http.ResponseWriter, r *http.Request) {
	var in struct{ RateRequest struct{ Shipment shipment } }
	if !read(w, r, &in) {
		return
	}
	s := in.RateRequest.Shipment
	code, message := a.wrong(s)
	switch {
	case code != "":
	case s.Package[0].PackagingType.Code == "":
		code, message = "111030", "Packaging type is missing"
	case s.DeliveryTimeInformation == nil || s.DeliveryTimeInformation.Pickup.Date < a.o.Now().Format(form):
		code, message = "111554", "Missing or invalid pickup date"
	case s.border() && s.ShipmentTotalWeight == nil:
		code, message = "111546", "Invalid Weight"
	}
	if code != "" {
		fail(w, http.StatusBadRequest, code, message)
		return
	}
	var all []object
	for i, service := range []string{"03", "02", "01", "08", "65"} {
		list, ok := cents(service, s)
		if !ok {
			continue
		}
		one := object{
			"Service": object{"Code": service, "Description": ""}, "RatedShipmentAlert": object{"Code": "110971", "Description": "Your invoice may vary from the displayed reference rates"},
			"TotalCharges": price(list), "NegotiatedRateCharges": object{"ItemizedCharges": "", "TotalCharge": price(list * 9 / 10)},
			"TimeInTransit": object{"ServiceSummary": object{"EstimatedArrival": object{
				"Arrival": object{"Date": a.o.Now().AddDate(0, 0, 4-i%3).Format(form), "Time": "233000"}, "BusinessDaysInTransit": fmt.Sprint(4 - i%3),
			}}},
		}
		if service == "01" {
			one["GuaranteedDelivery"] = object{"BusinessDaysInTransit": "1", "DeliveryByTime": "10:30 A.M."}
			delete(one, "NegotiatedRateCharges")
		}
		all = append(all, one)
	}
	answer(w, http.StatusOK, object{"RateResponse": object{
		"Response":      object{"ResponseStatus": object{"Code": "1", "Description": "Success"}, "TransactionReference": ""},
		"RatedShipment": all,
	}})
}

type specification struct {
	LabelImageFormat coded
	LabelStockSize   *struct{ Height, Width string }
}

func (a *Account) ship(w http.ResponseWriter, r *http.Request) {
	var in struct {
		ShipmentRequest struct {
			Request struct {
				RequestOption        string
				TransactionReference struct{ CustomerContext string }
			}
			Shipment           shipment
			LabelSpecification specification
		}
	}
	if !read(w, r, &in) {
		return
	}
	s, label := in.ShipmentRequest.Shipment, in.ShipmentRequest.LabelSpecification
	if slices.ContainsFunc(s.ShipTo.Address.AddressLine, func(line string) bool { return strings.ContainsFunc(line, unicode.IsControl) }) {
		w.Header().Set("Errorcode", "1") // as was recorded: status 200, and no body at all
		return
	}
	code, message := a.wrong(s)
	if code == "" {
		code, message = a.unlabelled(s, label)
	}
	if in.ShipmentRequest.Request.RequestOption == "" || r.URL.Query().Get("additionaladdressvalidation") != "city" {
		code, message = "120000", "RequestOption is missing"
	}
	list, sold := int64(0), false
	if code == "" {
		list, sold = cents(s.Service.Code, s)
	}
	mishap := a.book.Take(carriersim.BadAddress, carriersim.NoService, carriersim.PriceUp, carriersim.NoLabel, carriersim.OtherParcel)
	switch {
	case code != "":
		fail(w, http.StatusBadRequest, code, message)
		return
	case mishap == carriersim.BadAddress:
		fail(w, http.StatusBadRequest, "120802", "Address Validation Error on ShipTo address")
		return
	case !sold, mishap == carriersim.NoService:
		fail(w, http.StatusBadRequest, "121210", "The requested service is unavailable between the selected locations.")
		return
	case mishap == carriersim.PriceUp:
		list += list / 10
	}
	l := a.sell(s, list)
	image, echo := a.paper(l, label.LabelImageFormat.Code), in.ShipmentRequest.Request.TransactionReference.CustomerContext
	switch mishap {
	case carriersim.OtherParcel:
		echo, l.ID, l.Tracking = "another one", "1Z999AA10123456784", "1Z999AA10123456784"
	case carriersim.NoLabel:
		image = ""
	}
	answer(w, http.StatusOK, object{"ShipmentResponse": object{
		"Response":        object{"ResponseStatus": object{"Code": "1", "Description": "Success"}, "Alert": "", "TransactionReference": object{"CustomerContext": echo}},
		"ShipmentResults": a.results(s, l, list, object{"ImageFormat": label.LabelImageFormat, "GraphicImage": image}),
	}})
}

func (a *Account) results(s shipment, l carriersim.Label, list int64, image object) object {
	results := object{
		"ShipmentCharges": object{"TotalCharges": price(list)}, "ShipmentIdentificationNumber": l.ID,
		"PackageResults": object{"TrackingNumber": l.Tracking, "ShippingLabel": image},
	}
	if l.Minor != list {
		results["NegotiatedRateCharges"] = object{"TotalCharge": price(l.Minor)}
	}
	if s.border() {
		results["Form"] = a.invoice(l)
	}
	return results
}

// sell puts a label in the book, at the negotiated price where the service has one.
func (a *Account) sell(s shipment, list int64) carriersim.Label {
	weight, _ := strconv.ParseFloat(s.Package[0].PackageWeight.Weight, 64)
	if s.Package[0].PackageWeight.UnitOfMeasurement.Code == "LBS" {
		weight *= 0.45359237
	}
	ours := list * 9 / 10
	if s.Service.Code == "01" {
		ours = list
	}
	number := carriersim.UPSNumber(a.book.Serial())
	references := append(s.Package[0].ReferenceNumber, s.ReferenceNumber...)
	order, invoice := "", forms{}
	if i := slices.IndexFunc(references, func(r reference) bool { return r.Code == "PO" }); i >= 0 {
		order = references[i].Value
	}
	if f := s.ShipmentServiceOptions.InternationalForms; f != nil {
		invoice = *f
	}
	return *a.book.Sell(carriersim.Label{
		Order: order, Invoice: invoice.InvoiceNumber, Comments: invoice.Comments,
		ID: number, Ref: references[0].Value, Tracking: number, Carrier: "UPS", Service: s.Service.Code,
		Minor: ours, Currency: "USD", To: s.ShipTo.address(), Grams: int(weight*1000 + 0.5), At: a.o.Now(),
	})
}

// unlabelled is what a label is refused for beside the shipment.
func (a *Account) unlabelled(s shipment, label specification) (code, message string) {
	within, charges := !s.border() && s.ShipTo.Address.CountryCode == "US", s.PaymentInformation.ShipmentCharge
	on, off := s.ReferenceNumber, s.Package[0].ReferenceNumber
	if within {
		on, off = off, on
	}
	day, err := time.Parse(form, s.ShipmentDate)
	today, _ := time.Parse(form, a.o.Now().Format(form))
	switch {
	case s.Package[0].Packaging.Code == "":
		return "120501", "Missing or invalid packaging type of the package"
	case len(charges) == 0 || charges[0].Type != "01" || charges[0].BillShipper.AccountNumber != shipper:
		return "120901", "The account number is invalid"
	case len(off) > 0:
		return "120540", "Reference numbers are not allowed at this level"
	case len(on) == 0 || slices.ContainsFunc(on, func(r reference) bool { return r.Value == "" || len(r.Value) > 35 }):
		return "120541", "Missing or invalid reference number"
	case err != nil || day.Before(today) || day.After(today.AddDate(0, 0, 7)):
		return "120310", "Invalid shipment date"
	case !slices.Contains([]string{"GIF", "ZPL", "EPL", "SPL"}, label.LabelImageFormat.Code), label.LabelImageFormat.Code != "GIF" && label.LabelStockSize == nil:
		return "120350", "Invalid label image format"
	case !within && s.Package[0].PackageServiceOptions.DeliveryConfirmation != nil, within && s.ShipmentServiceOptions.DeliveryConfirmation != nil:
		return "120930", "Delivery confirmation is not allowed at this level"
	case s.border():
		return s.ShipmentServiceOptions.InternationalForms.wrong(s)
	}
	return "", ""
}

func (f *forms) wrong(s shipment) (code, message string) {
	if f == nil || f.FormType != "01" || f.InvoiceDate == "" || f.ReasonForExport == "" || len(f.CurrencyCode) != 3 || f.Contacts.SoldTo.Name == "" || s.Description == "" {
		return "128000", "The invoice is incomplete"
	}
	if utf8.RuneCountInString(f.Comments) > 150 || utf8.RuneCountInString(f.InvoiceNumber) > 35 {
		return "128020", "The comments or the number of the invoice are too long"
	}
	for _, p := range f.Product {
		if len(p.Description) == 0 || p.OriginCountryCode == "" || p.Unit.Number == "" || p.Unit.Value == "" || p.Unit.UnitOfMeasurement.Code == "" || strings.Contains(p.CommodityCode, ".") {
			return "128010", "A product of the invoice is incomplete, or its commodity code is invalid"
		}
	}
	return "", ""
}

func (a *Account) paper(l carriersim.Label, format string) string {
	data, err := carriersim.Paper(l, strings.ToLower(format), 203)
	if err != nil {
		return ""
	}
	return base64.StdEncoding.EncodeToString(data)
}

func (a *Account) invoice(l carriersim.Label) object {
	return object{"Code": "01", "Image": object{"ImageFormat": coded{"PDF"}, "GraphicImage": a.paper(l, "PDF")}}
}
