package gs1

// row describes one application identifier or a range of them.
type row struct {
	ais   string // "10" or "3100-3105"
	flags string // "*" predefined length, needs no GS; "?" may stand in a Digital Link's query
	spec  string // parts: N digits, X CSET 82, Y CSET 39, Z base64url; ".." up to; [] may be left out; ",name" a check of the content
	needs string // usual company: "," or, "+" together, " " and
	bars  string // never beside these; "n" stands for any digit
	path  string // Digital Link key: "key" or its qualifiers in order, "|" between alternatives
	title string
}

// Companions that many identifiers share.
const (
	item     = "01,02,03,8006,8026"
	itemOld  = "01,02,8006,8026"
	goods    = "01,02"
	logistic = "00,01"
	priced   = "30,31nn,32nn,35nn,36nn"
	patient  = "8017,8018"
)

// rows is the list of application identifiers with their formats, in order.
// Source: GS1's public syntax dictionary; the weights and measures of 31nn to
// 36nn follow in measures.
var rows = []row{
	{"00", "*?", "N18,csum", "", "", "key", "SSCC"},
	{"01", "*?", "N14,csum", "", "255,37", "22,10,21|235", "GTIN"},
	{"02", "*?", "N14,csum", "37", "01,03", "", "CONTENT"},
	{"03", "*", "N14,csum", "", "01,02,37", "", "MTO GTIN"},
	{"10", "?", "X..20", item, "", "", "BATCH/LOT"},
	{"11", "*?", "N6,yymmd0", item, "", "", "PROD DATE"},
	{"12", "*?", "N6,yymmd0", "8020", "", "", "DUE DATE"},
	{"13", "*?", "N6,yymmd0", item, "", "", "PACK DATE"},
	{"15", "*?", "N6,yymmd0", item, "", "", "BEST BEFORE or BEST BY"},
	{"16", "*?", "N6,yymmd0", item, "", "", "SELL BY"},
	{"17", "*?", "N6,yymmd0", item + ",255", "", "", "USE BY or EXPIRY"},
	{"20", "*?", "N2", itemOld, "", "", "VARIANT"},
	{"21", "", "X..20", "01,03,8006", "235", "", "SERIAL"},
	{"22", "", "X..20", "01", "", "", "CPV"},
	{"235", "", "X..28", "01", "", "", "TPX"},
	{"240", "?", "X..30", itemOld, "", "", "ADDITIONAL ID"},
	{"241", "?", "X..30", itemOld, "", "", "CUST. PART No."},
	{"242", "?", "N..6", itemOld, "", "", "MTO VARIANT"},
	{"243", "?", "X..20", "01", "", "", "PCN"},
	{"250", "?", "X..30", "01,8006 21", "", "", "SECONDARY SERIAL"},
	{"251", "?", "X..30", "01,8006", "", "", "REF. TO SOURCE"},
	{"253", "?", "N13,csum [X..17]", "", "", "key", "GDTI"},
	{"254", "", "X..20", "414", "", "", "GLN EXTENSION COMPONENT"},
	{"255", "?", "N13,csum [N..12]", "", "01,02,415,8006,8020,8026", "key", "GCN"},
	{"30", "?", "N..8", goods, "", "", "VAR. COUNT"},
	{"37", "?", "N..8", "00 02,8026", "", "", "COUNT"},
	{"3900-3909", "?", "N..15", "255,8020", "390n,391n,394n,8111", "", "AMOUNT"},
	{"3910-3919", "?", "N3,iso4217 N..15", "8020", "391n", "", "AMOUNT with currency"},
	{"3920-3929", "?", "N..15", "01 " + priced, "392n,393n", "", "PRICE"},
	{"3930-3939", "?", "N3,iso4217 N..15", priced, "393n", "", "PRICE with currency"},
	{"3940-3943", "?", "N4", "255", "394n,8111", "", "PRCNT OFF"},
	{"3950-3955", "?", "N6", priced, "392n,393n,395n,8005", "", "PRICE/UoM"},
	{"400", "?", "X..30", "", "", "", "ORDER NUMBER"},
	{"401", "?", "X..30", "", "", "key", "GINC"},
	{"402", "?", "N17,csum", "", "", "key", "GSIN"},
	{"403", "?", "X..30", "00", "", "", "ROUTE"},
	{"410", "*?", "N13,csum", "", "", "", "SHIP TO LOC"},
	{"411", "*?", "N13,csum", "", "", "", "BILL TO"},
	{"412", "*?", "N13,csum", "", "", "", "PURCHASE FROM"},
	{"413", "*?", "N13,csum", "", "", "", "SHIP FOR LOC"},
	{"414", "*?", "N13,csum", "", "", "254|7040", "LOC No."},
	{"415", "*?", "N13,csum", "8020", "", "8020", "PAY TO"},
	{"416", "*?", "N13,csum", "", "", "", "PROD/SERV LOC"},
	{"417", "*?", "N13,csum", "", "", "7040", "PARTY"},
	{"420", "?", "X..20", "", "421", "", "SHIP TO POST"},
	{"421", "?", "N3,iso3166 X..9", "", "4307", "", "SHIP TO POST with country"},
	{"422", "?", "N3,iso3166", itemOld, "426", "", "ORIGIN"},
	{"423", "?", "N3,iso3166 [N3,iso3166] [N3,iso3166] [N3,iso3166] [N3,iso3166]", goods, "426", "", "COUNTRY - INITIAL PROCESS"},
	{"424", "?", "N3,iso3166", goods, "426", "", "COUNTRY - PROCESS"},
	{"425", "?", "N3,iso3166 [N3,iso3166] [N3,iso3166] [N3,iso3166] [N3,iso3166]", goods, "426", "", "COUNTRY - DISASSEMBLY"},
	{"426", "?", "N3,iso3166", goods, "", "", "COUNTRY - FULL PROCESS"},
	{"427", "?", "X..3", goods + " 422", "", "", "ORIGIN SUBDIVISION"},
	{"4300", "?", "X..35,pcenc", "00", "", "", "SHIP TO COMP"},
	{"4301", "?", "X..35,pcenc", "00", "", "", "SHIP TO NAME"},
	{"4302", "?", "X..70,pcenc", "00", "", "", "SHIP TO ADD1"},
	{"4303", "?", "X..70,pcenc", "4302", "", "", "SHIP TO ADD2"},
	{"4304", "?", "X..70,pcenc", "00", "", "", "SHIP TO SUB"},
	{"4305", "?", "X..70,pcenc", "00", "", "", "SHIP TO LOC"},
	{"4306", "?", "X..70,pcenc", "00", "", "", "SHIP TO REG"},
	{"4307", "?", "X2,alpha2", "00", "", "", "SHIP TO COUNTRY"},
	{"4308", "?", "X..30", "00", "", "", "SHIP TO PHONE"},
	{"4309", "?", "N10,latitude N10,longitude", "00", "", "", "SHIP TO GEO"},
	{"4310", "?", "X..35,pcenc", "00", "", "", "RTN TO COMP"},
	{"4311", "?", "X..35,pcenc", "00", "", "", "RTN TO NAME"},
	{"4312", "?", "X..70,pcenc", "00", "", "", "RTN TO ADD1"},
	{"4313", "?", "X..70,pcenc", "4312", "", "", "RTN TO ADD2"},
	{"4314", "?", "X..70,pcenc", "00", "", "", "RTN TO SUB"},
	{"4315", "?", "X..70,pcenc", "00", "", "", "RTN TO LOC"},
	{"4316", "?", "X..70,pcenc", "00", "", "", "RTN TO REG"},
	{"4317", "?", "X2,alpha2", "00", "", "", "RTN TO COUNTRY"},
	{"4318", "?", "X..20", "00", "", "", "RTN TO POST"},
	{"4319", "?", "X..30", "00", "", "", "RTN TO PHONE"},
	{"4320", "?", "X..35,pcenc", "00", "", "", "SRV DESCRIPTION"},
	{"4321", "?", "N1,yesno", "00", "", "", "DANGEROUS GOODS"},
	{"4322", "?", "N1,yesno", "00", "", "", "AUTH TO LEAVE"},
	{"4323", "?", "N1,yesno", "00", "", "", "SIG REQUIRED"},
	{"4324", "?", "N6,yymmd0 N4,hhmm", "00", "", "", "NOT BEF DEL DT"},
	{"4325", "?", "N6,yymmd0 N4,hhmm", "00", "", "", "NOT AFT DEL DT"},
	{"4326", "?", "N6,yymmdd", "00", "", "", "REL DATE"},
	{"4330", "?", "N6 [X1,hyphen]", "00", "4331", "", "MAX TEMP F"},
	{"4331", "?", "N6 [X1,hyphen]", "00", "4330", "", "MAX TEMP C"},
	{"4332", "?", "N6 [X1,hyphen]", "00", "4333", "", "MIN TEMP F"},
	{"4333", "?", "N6 [X1,hyphen]", "00", "4332", "", "MIN TEMP C"},
	{"7001", "?", "N13", itemOld, "", "", "NSN"},
	{"7002", "?", "X..30", goods, "", "", "MEAT CUT"},
	{"7003", "?", "N6,yymmdd N4,hhmm", goods, "", "", "EXPIRY TIME"},
	{"7004", "?", "N..4", "01 10", "", "", "ACTIVE POTENCY"},
	{"7005", "?", "X..12", goods, "", "", "CATCH AREA"},
	{"7006", "?", "N6,yymmdd", goods, "", "", "FIRST FREEZE DATE"},
	{"7007", "?", "N6,yymmdd [N6,yymmdd]", goods, "", "", "HARVEST DATE"},
	{"7008", "?", "X..3", goods, "", "", "AQUATIC SPECIES"},
	{"7009", "?", "X..10", goods, "", "", "FISHING GEAR TYPE"},
	{"7010", "?", "X..2", goods, "", "", "PROD METHOD"},
	{"7011", "?", "N6,yymmdd [N4,hhmm]", goods, "", "", "TEST BY DATE"},
	{"7020", "?", "X..20", "01,8006 416", "", "", "REFURB LOT"},
	{"7021", "?", "X..20", "01,8006", "", "", "FUNC STAT"},
	{"7022", "?", "X..20", "7021", "", "", "REV STAT"},
	{"7023", "?", "X..30", "", "", "", "GIAI - ASSEMBLY"},
	{"7030-7039", "?", "N3,iso3166999 X..27", goods, "", "", "PROCESSOR"},
	{"7040", "", "N1 X1 X1 X1,importer", "", "", "", "UIC+EXT"},
	{"7041", "", "X..4,package", "00", "", "", "UFRGT UNIT TYPE"},
	{"710-716", "?", "X..20", "01", "", "", "NHRN"},
	{"7230-7239", "?", "X2 X..28", "01,8004", "", "", "CERT"},
	{"7240", "?", "X..20", "01,8006", "", "", "PROTOCOL"},
	{"7241", "?", "N2,media", patient, "", "", "AIDC MEDIA TYPE"},
	{"7242", "?", "X..25", patient, "", "", "VCN"},
	{"7250", "?", "N8,yyyymmdd", "8018", "7251", "", "DOB"},
	{"7251", "?", "N8,yyyymmdd N4,hhmm", "8018", "7250", "", "DOB TIME"},
	{"7252", "?", "N1,sex", "8018", "", "", "BIO SEX"},
	{"7253", "?", "X..40,pcenc", patient, "7256,7259", "", "FAMILY NAME"},
	{"7254", "?", "X..40,pcenc", patient, "7256,7259", "", "GIVEN NAME"},
	{"7255", "?", "X..10", patient, "7256,7259", "", "SUFFIX"},
	{"7256", "?", "X..90,pcenc", patient, "", "", "FULL NAME"},
	{"7257", "?", "X..70,pcenc", "8018", "", "", "PERSON ADDR"},
	{"7258", "?", "X3,birth", "8018+7259", "", "", "BIRTH SEQUENCE"},
	{"7259", "?", "X..40,pcenc", "8018", "7256", "", "BABY"},
	{"8001", "?", "N4,nonzero N5,nonzero N3,nonzero N1,winding N1", "01", "", "", "DIMENSIONS"},
	{"8002", "?", "X..20", "", "", "", "CMT No."},
	{"8003", "?", "N1,zero N13,csum [X..16]", "", "", "key", "GRAI"},
	{"8004", "?", "X..30", "", "", "7040", "GIAI"},
	{"8005", "?", "N6", goods, "", "", "PRICE PER UNIT"},
	{"8006", "?", "N14,csum N4,pieces", "", "01,37", "22,10,21", "ITIP"},
	{"8007", "?", "X..34,iban", "415", "", "", "IBAN"},
	{"8008", "?", "N6,yymmdd N2,hours [N2,sixty] [N2,sixty]", goods, "", "", "PROD TIME"},
	{"8009", "?", "X..50", logistic, "", "", "OPTSEN"},
	{"8010", "?", "Y..30", "", "", "8011", "CPID"},
	{"8011", "", "N..12,nolead", "8010", "", "", "CPID SERIAL"},
	{"8012", "?", "X..20", "01,8006", "", "", "VERSION"},
	{"8013", "?", "X..25,pair", "", "", "key", "GMN"},
	{"8014", "", "X..25", "01", "", "", "MUDI"},
	{"8017", "?", "N18,csum", "", "8018", "8019", "GSRN - PROVIDER"},
	{"8018", "?", "N18,csum", "", "8017", "8019", "GSRN - RECIPIENT"},
	{"8019", "", "N..10", patient, "", "", "SRIN"},
	{"8020", "", "X..25", "415", "", "", "REF No."},
	{"8026", "?", "N14,csum N4,pieces", "37", "02,8006", "", "ITIP CONTENT"},
	{"8030", "?", "Z..90", "00,01+21,253,255,8003,8004,8006+21,8010+8011,8017,8018", "", "", "DIGSIG"},
	{"8110", "?", "X..70", "", "", "", "COUPON"},
	{"8111", "?", "N4", "255", "", "", "POINTS"},
	{"8112", "?", "X..70", "", "", "", "COUPON OFFER"},
	{"8200", "", "X..70", "01", "", "", "PRODUCT URL"},
	{"90", "?", "X..30", "", "", "", "INTERNAL"},
	{"91-99", "?", "X..90", "", "", "", "INTERNAL"},
}

// measure is a weight or size: six digits, of which the fourth digit of the
// identifier (0 to 5) stand after the point.
type measure struct{ prefix, needs, title string }

// measures are the identifiers 31nn to 36nn.
var measures = []measure{
	{"310", goods, "NET WEIGHT"},      // kg
	{"311", goods, "LENGTH"},          // m
	{"312", goods, "WIDTH"},           // m
	{"313", goods, "HEIGHT"},          // m
	{"314", goods, "AREA"},            // m²
	{"315", goods, "NET VOLUME"},      // l
	{"316", goods, "NET VOLUME"},      // m³
	{"320", goods, "NET WEIGHT"},      // lb
	{"321", goods, "LENGTH"},          // in
	{"322", goods, "LENGTH"},          // ft
	{"323", goods, "LENGTH"},          // yd
	{"324", goods, "WIDTH"},           // in
	{"325", goods, "WIDTH"},           // ft
	{"326", goods, "WIDTH"},           // yd
	{"327", goods, "HEIGHT"},          // in
	{"328", goods, "HEIGHT"},          // ft
	{"329", goods, "HEIGHT"},          // yd
	{"330", logistic, "GROSS WEIGHT"}, // kg
	{"331", logistic, "LENGTH, log"},  // m
	{"332", logistic, "WIDTH, log"},   // m
	{"333", logistic, "HEIGHT, log"},  // m
	{"334", logistic, "AREA, log"},    // m²
	{"335", logistic, "VOLUME, log"},  // l
	{"336", logistic, "VOLUME, log"},  // m³
	{"337", "01", "KG PER m²"},        // kg/m²
	{"340", logistic, "GROSS WEIGHT"}, // lb
	{"341", logistic, "LENGTH, log"},  // in
	{"342", logistic, "LENGTH, log"},  // ft
	{"343", logistic, "LENGTH, log"},  // yd
	{"344", logistic, "WIDTH, log"},   // in
	{"345", logistic, "WIDTH, log"},   // ft
	{"346", logistic, "WIDTH, log"},   // yd
	{"347", logistic, "HEIGHT, log"},  // in
	{"348", logistic, "HEIGHT, log"},  // ft
	{"349", logistic, "HEIGHT, log"},  // yd
	{"350", goods, "AREA"},            // in²
	{"351", goods, "AREA"},            // ft²
	{"352", goods, "AREA"},            // yd²
	{"353", logistic, "AREA, log"},    // in²
	{"354", logistic, "AREA, log"},    // ft²
	{"355", logistic, "AREA, log"},    // yd²
	{"356", goods, "NET WEIGHT"},      // ozt
	{"357", goods, "NET VOLUME"},      // fl oz
	{"360", goods, "NET VOLUME"},      // qt
	{"361", goods, "NET VOLUME"},      // gal
	{"362", logistic, "VOLUME, log"},  // qt
	{"363", logistic, "VOLUME, log"},  // gal
	{"364", goods, "VOLUME"},          // in³
	{"365", goods, "VOLUME"},          // ft³
	{"366", goods, "VOLUME"},          // yd³
	{"367", logistic, "VOLUME, log"},  // in³
	{"368", logistic, "VOLUME, log"},  // ft³
	{"369", logistic, "VOLUME, log"},  // yd³
}
