package intake

import (
	"errors"
	"hash/maphash"
	"slices"
	"strings"
	"unicode/utf8"

	"packbench/station"
	"packbench/station/unit"
)

// products reads a catalogue. Columns: sku, name, barcodes, aliases, mass,
// mass unit, width, length, height (or size), size unit, fragile, upright, own carton,
// nothing on top, most per box, box group, count, count by weight, picture; dangerous (or limited quantity, lithium battery); lot, serial, expiry (whether they are written down of each unit),
// minimum life (in days), recalled lots; of a kit parts, packed (comes packed already);
// substitutes; for customs papers hs code, origin, customs value (else
// price), currency, customs description. Only sku is needed.
//
// Each product is given away as it is read. What is remembered of it, to tell one that
// comes twice, are sums and its SKU, so that a million of them fit.
type products struct {
	each func(station.Product) error
	// mapping is what a person has said of a file's columns; fault is why that cannot be.
	mapping func(header []string) (Mapping, bool)
	fault   error
	unsure  error // two headings may be the SKU

	seed  maphash.Seed
	seen  map[uint64]int32 // row of a SKU, by its sum
	codes map[uint64]int32 // which product has a code, by its sum
	skus  []byte           // of all products
	ends  []uint32         // where each of them ends
}

func newProducts(each func(station.Product) error) *products {
	return &products{each: each, seed: maphash.MakeSeed(), seen: map[uint64]int32{}, codes: map[uint64]int32{}}
}

// sku returns the SKU of a product.
func (p *products) sku(i int32) string {
	begin := uint32(0)
	if i > 0 {
		begin = p.ends[i-1]
	}
	return string(p.skus[begin:p.ends[i]])
}

// productColumns are the columns of a file of products.
var productColumns = schema{
	{name: "sku", need: true, also: []string{"variantsku", "artikelnummer", "artikelnr", "articlenumber", "itemnumber", "productcode", "article", "item", "sellersku"}},
	{name: "name", also: []string{"title", "productname", "artikelname", "artikelbezeichnung", "bezeichnung", "itemname", "product", "description", "beschreibung"}},
	{name: "barcodes", also: []string{"barcode", "variantbarcode", "ean", "gtin", "upc", "ean13", "eancode", "gtinupceanorisbn", "gtinupceanoderisbn", "codes", "strichcode", "strichcodes"}},
	{name: "aliases", also: []string{"alias", "othernames", "aliasse"}},
	{name: "mass", also: []string{"weight", "gewicht", "masse", "variantweight"}, units: massUnits},
	{name: "grams", also: []string{"variantgrams", "gramm", "weightvaluegrams", "weightgrams"}, kind: amounts},
	{name: "mass unit", also: []string{"weightunit", "variantweightunit", "gewichtseinheit", "masseeinheit"}},
	{name: "width", also: []string{"breite", "w"}, units: lengthUnits},
	{name: "length", also: []string{"laenge", "länge", "l"}, units: lengthUnits},
	{name: "height", also: []string{"depth", "hoehe", "höhe", "tiefe", "h", "d"}, units: lengthUnits},
	{name: "size", also: []string{"dimensions", "masze", "abmessungen", "dims"}, units: lengthUnits},
	{name: "size unit", also: []string{"dimensionunit", "dimunit", "lengthunit", "längeneinheit"}},
	{name: "fragile", also: []string{"zerbrechlich"}},
	{name: "upright", also: []string{"thiswayup", "stehend"}},
	{name: "own carton", also: []string{"ownbox", "shipsinowncontainer", "shipsinownbox", "shipsalone", "sioc", "eigenerkarton"}},
	{name: "nothing on top", also: []string{"notop", "donotstack", "nonstackable", "nichtstapelbar"}},
	{name: "most per box", also: []string{"maxperbox", "maxpercarton", "maximumperbox", "atmostperbox", "maxprokarton"}, kind: whole},
	{name: "box group", also: []string{"packgroup", "packinggroup", "sharesabox", "packgruppe"}},
	{name: "count", also: []string{"maybecounted", "countable", "zählbar"}},
	{name: "count by weight", also: []string{"countbyscale", "weighcount", "weighcounted", "zählwaage", "nachgewichtzählen"}},
	{name: "dangerous", also: []string{"dangerousgoods", "hazmat", "hazardous", "hazardousmaterial", "unnumber", "gefahrgut", "adr"}},
	{name: "limited quantity", also: []string{"lq", "limitedquantities", "ltdqty", "begrenztemenge", "begrenztemengen"}},
	{name: "lithium battery", also: []string{"lithium", "lithiumbatteries", "containsbattery", "containsbatteries", "lithiumbatterie", "lithiumakku"}},
	{name: "lot", also: []string{
		"lottracked", "lotrequired", "lotneeded", "tracklot", "lotcontrolled", "lotmanaged", "batchtracked", "batchrequired", "needslot", "chargenpflichtig", "chargenpflicht",
	}},
	{name: "serial", also: []string{
		"serialtracked", "serialrequired", "serialneeded", "trackserial", "serialcontrolled", "serialmanaged", "serialized", "serialised", "needsserial", "seriennummernpflichtig", "seriennummernpflicht",
	}},
	{name: "expiry", also: []string{
		"expirytracked", "expiryrequired", "expiryneeded", "trackexpiry", "expirationtracked", "needsexpiry", "mhdpflichtig", "mhdpflicht",
	}},
	{name: "minimum life", also: []string{
		"minlife", "minlifedays", "minimumlifedays", "minimumremaininglife", "minimumremaininglifedays", "minremaininglife", "minremaininglifedays", "minremainingdays", "remaininglife", "remaininglifedays",
		"minimumshelflife", "minimumshelflifedays", "minshelflife", "minshelflifedays", "mindestrestlaufzeit", "restlaufzeit",
	}, kind: whole},
	{name: "recalled lots", also: []string{"recalled", "recalledlot", "recalledbatches", "recall", "recalls", "blockedlots", "gesperrtechargen", "rückruf", "rueckruf"}},
	{name: "confirm", also: []string{"toconfirm", "packinginstruction", "packinginstructions", "packhinweis", "packanweisung"}},
	{name: "parts", also: []string{"kit", "kitparts", "kitcomponents", "components", "bundleskus", "setinhalt", "stückliste"}},
	{name: "packed", also: []string{"prepacked", "vorgepackt"}},
	{name: "substitutes", also: []string{"substitute", "alternatives", "replacements", "ersatz", "ersatzartikel"}},
	{name: "picture", also: []string{"image", "bild", "photo", "variantimage"}},
	{name: "hs code", also: []string{
		"hs", "hstariffnumber", "tariffcode", "tariffnumber", "tariff", "commoditycode", "taric", "harmonizedsystemcode", "harmonisedsystemcode",
		"zolltarifnummer", "zolltarifnr", "zollnummer", "warennummer", "warentarifnummer",
	}},
	{name: "origin", also: []string{
		"countryoforigin", "origincountry", "countrycodeoforigin", "countryofmanufacture", "madein", "ursprungsland", "ursprung", "herkunftsland", "herkunft",
	}},
	{name: "customs value", also: []string{"customsprice", "declaredvalue", "zollwert", "warenwert"}, kind: amounts},
	{name: "price", also: []string{"unitprice", "variantprice", "salesprice", "preis", "einzelpreis", "stückpreis", "verkaufspreis"}, kind: amounts},
	{name: "currency", also: []string{"pricecurrency", "währung"}},
	{name: "customs description", also: []string{"customsname", "goodsdescription", "zollbezeichnung", "zollbeschreibung", "warenbezeichnung"}},
}

func (p *products) schema(header []string) schema {
	p.fault = nil
	var m Mapping
	known := false
	if p.mapping != nil {
		m, known = p.mapping(header)
	}
	if !known {
		p.unsure = productColumns[:1].doubt(header, "Products", "products")
		return productColumns
	}
	p.unsure = nil
	if p.fault = m.CheckProducts(); p.fault == nil && !m.Of(header) {
		p.fault = errors.New("the columns that were chosen are those of a file with other headings")
	}
	if p.fault != nil {
		return schema{} // the first row says so
	}
	return m.productSchema()
}

// known refuses a file whose products cannot be told for certain.
func (p *products) known() error { return p.unsure }

func (p *products) add(r row, o Options, rep *Report) error {
	if p.fault != nil {
		return p.fault
	}
	sku, err := r.id("sku")
	if err != nil {
		return err
	}
	sum := maphash.String(p.seed, sku)
	if first, ok := p.seen[sum]; ok {
		return r.fail("sku", "%q stands in row %d already", sku, first)
	}
	item := station.Product{SKU: sku}
	if item.Name, err = r.long("name", MaxName); err != nil {
		return err
	}
	if item.Name == "" {
		item.Name = sku
	}
	if item.Barcodes, err = barcodes(r, rep); err != nil {
		return err
	}
	for _, alias := range splitList(r.raw("aliases")) {
		if utf8.RuneCountInString(alias) > 100 {
			return r.fail("aliases", "%q is too long", short(alias))
		}
		if alias, err = r.exact("aliases", alias); err != nil {
			return err
		}
		item.Aliases = append(item.Aliases, alias)
	}
	if item.Mass, err = productMass(r); err != nil {
		return err
	}
	if item.Size, err = productSize(r, item.Mass, rep); err != nil {
		return err
	}
	if err := rules(r, &item); err != nil {
		return err
	}
	if item.Picture, err = r.long("picture", 300); err != nil {
		return err
	}
	if strings.ContainsAny(item.Picture, `/\`) {
		if strings.Contains(item.Picture, "://") {
			item.Picture = "" // an address in a shop's export; pictures are files here
		} else {
			return r.fail("picture", "%q must be the name of a file, without a folder", short(item.Picture))
		}
	}
	if err := customs(r, o, &item, rep); err != nil {
		return err
	}
	p.seen[sum] = int32(r.row)
	p.skus = append(p.skus, sku...)
	p.ends = append(p.ends, uint32(len(p.skus)))
	p.look(r, item, rep)
	return p.each(item)
}

func productMass(r row) (unit.Mass, error) {
	if r.text("mass") == "" {
		r.unit = map[string]string{"grams": "g"}
		return r.mass("grams", "")
	}
	return r.mass("mass", "mass unit")
}

func (*products) done(*Report) ([]station.Product, error) { return nil, nil }

// splitList cuts a cell that holds several things.
func splitList(text string) []string {
	parts := strings.FieldsFunc(text, func(r rune) bool { return r == ';' || r == '|' })
	out := parts[:0]
	for _, part := range parts {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// maxLife is the most days that a product may have to keep.
const maxLife = 3650

// rules reads what holds for each unit of a product: how it is handled, what must be
// known of it, how long it must keep, and which lots are recalled.
func rules(r row, item *station.Product) (err error) {
	for _, flag := range []struct {
		name string
		to   *bool
	}{
		{"fragile", &item.Fragile},
		{"upright", &item.Upright},
		{"own carton", &item.Own},
		{"nothing on top", &item.NoTop},
		{"count", &item.Count},
		{"count by weight", &item.ByWeight},
		{"lot", &item.Lot},
		{"serial", &item.Serial},
		{"expiry", &item.Expiry},
	} {
		if *flag.to, err = r.yes(flag.name); err != nil {
			return err
		}
	}
	if err := boxing(r, item); err != nil {
		return err
	}
	if r.text("minimum life") != "" {
		if item.Life, err = r.whole("minimum life"); err != nil {
			return err
		}
		if item.Life < 0 || item.Life > maxLife {
			return r.fail("minimum life", "%d days: it must be 0 to %d", item.Life, maxLife)
		}
	}
	for _, lot := range splitList(strings.ReplaceAll(r.raw("recalled lots"), ",", ";")) {
		if lot, err = r.exact("recalled lots", lot); err != nil {
			return err
		}
		if utf8.RuneCountInString(lot) > 70 {
			return r.fail("recalled lots", "%q is too long", short(lot))
		}
		item.Recalled = append(item.Recalled, strings.Join(strings.Fields(lot), ""))
	}
	for _, text := range splitList(r.raw("confirm")) {
		if utf8.RuneCountInString(text) > MaxName {
			return r.fail("confirm", "%q is too long", short(text))
		}
		item.Confirm = append(item.Confirm, text)
	}
	if item.Danger, err = danger(r); err != nil {
		return err
	}
	if err = madeOf(r, item); err == nil {
		item.Substitutes, err = substitutes(r, item.SKU)
	}
	return err
}

// maxSubstitutes is how many products may be sent in place of another one.
const maxSubstitutes = 20

// substitutes are the SKUs of products that may be sent in place of the one of a row.
func substitutes(r row, of string) (out []string, err error) {
	for _, sku := range splitList(r.raw("substitutes")) {
		if sku, err = r.exact("substitutes", sku); err != nil {
			return nil, err
		}
		switch {
		case utf8.RuneCountInString(sku) > 100:
			return nil, r.fail("substitutes", "%q is too long", short(sku))
		case sku == of:
			return nil, r.fail("substitutes", "%q is listed as a substitute for itself", short(sku))
		case len(out) >= maxSubstitutes:
			return nil, r.fail("substitutes", "more than %d substitutes", maxSubstitutes)
		}
		if !slices.Contains(out, sku) {
			out = append(out, sku)
		}
	}
	return out, nil
}

// mostPerBox is the most units that a product may allow in a box.
const mostPerBox = 10_000

// boxing reads what a box may hold of a product, and with what.
func boxing(r row, item *station.Product) (err error) {
	if r.text("most per box") != "" {
		if item.PerBox, err = r.whole("most per box"); err != nil {
			return err
		}
		if item.PerBox < 0 || item.PerBox > mostPerBox {
			return r.fail("most per box", "%d units: it must be 1 to %d, or 0 for no limit", item.PerBox, mostPerBox)
		}
	}
	if item.Group, err = r.long("box group", 60); err == nil && item.Own && item.Group != "" {
		err = r.fail("box group", "what ships in its own carton shares no box with others")
	}
	return err
}
