package intake

import (
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/unicode"

	"packbench/station"
)

// addresses are rows of a name, a street and a town in a language, and its country.
var addresses = []struct{ tongue, country, rows string }{
	{"de", "DE", "Jörg Weißhäupl/Schönhauser Straße 7/Fürth|Käthe Strößner/Am Mühlgraben 2/Gießen|Günter Böck/Königstraße 1/Münster|Änne Groß/Große Gärtnergasse 9/Görlitz|Björn Hägele/Übergasse 4/Würselen"},
	{"fr", "FR", "Agnès Lefèvre/Allée des Chênes 4/Évry|Aurélie Hébert/Rue du Maréchal Joffre 1/Béthune|Stéphane Prévost/Place de l'Église 2/Sète|Gérard Bénard/Impasse des Érables 8/Guéret|Éloïse Barthélemy/Boulevard de la Résistance 3/Épinal"},
	{"es", "ES", "Íñigo Ibáñez/Calle de Alcalá 12/Jaén|Begoña Núñez/Plaza de España 1/Mérida|Tomás Agüero/Avenida Andalucía 3/Logroño|Mónica Peñalver/Camino Viñas 5/Ávila|Raúl Gutiérrez/Paseo Colón 6/Peñíscola"},
	{"pt", "PT", "Tomé Falcão/Rua da Conceição 8/Guimarães|Estêvão Galvão/Largo São Sebastião 2/Loulé|Mónica Simões/Avenida dos Irmãos 5/Santarém|Conceição Assunção/Travessa do Pão 1/Olhão|Vítor Leitão/Rua João Brandão 9/Gondomar"},
	{"it", "IT", "Niccolò Fabbri/Via Libertà 3/Forlì|Nicolò Dessì/Viale Università 6/Cantù|Totò Morabito/Piazza Unità 1/Cefalù|Mosè Scalabrì/Via Carità 8/Corigliano|Noè Macrì/Via Nicolò Tommaseo 2/Canicattì"},
	{"da", "DK", "Jørn Ågård/Ærtevej 3/Ærøskøbing|Søren Nørgård/Østergårdsvej 2/Hjørring|Åge Bødker/Søndergade 8/Ringkøbing|Kåre Mølgård/Møllestræde 4/Tønder|Dorthe Kjær/Bækvej 6/Holbæk"},
	{"sv", "SE", "Åke Sjöström/Björkvägen 3/Höganäs|Märta Lönnqvist/Änggatan 1/Åmål|Örjan Källström/Sågvägen 8/Härnösand|Björn Åhlund/Västra Hamngatan 2/Göteborg|Göta Mårtensson/Östra Ågatan 9/Luleå"},
	{"fi", "FI", "Väinö Hyvärinen/Pääskytie 4/Hyvinkää|Päivi Lähdesmäki/Mäntykatu 3/Äänekoski|Jyrki Pöllänen/Yläpihantie 8/Kempele|Töyry Häkämies/Käpylänkuja 1/Seinäjoki|Säde Mäenpää/Hämeenkatu 6/Jämsä"},
	{"pl", "PL", "Łucja Świątek/Ulica Żwirki 3/Łęczyca|Grażyna Wąsik/Aleja Wyścigowa 8/Wałbrzych|Bożena Jóźwiak/Ulica Źródlana 1/Łańcut|Zdzisław Gołąb/Ulica Ścinawska 6/Świętochłowice|Żaneta Błażejewska/Ulica Słońca 2/Tczew"},
	{"cs", "CZ", "Božena Dvořáčková/Nádražní 4/Třeboň|Zdeněk Řezníček/Školská 2/Kroměříž|Ludmila Šedivá/Hřbitovní 1/Žatec|Oldřich Vaněk/Družstevní 9/Česká Třebová|Růžena Čápová/Příčná 6/Šumperk"},
	{"sk", "SK", "Ľudmila Šoltésová/Kvetná 3/Čadca|Dušan Krajčovič/Železničná 8/Žiar nad Hronom|Jozef Ďurica/Záhradná 1/Ružomberok|Božena Mrázová/Poľná 2/Krupina|Ľuboš Hrnčiar/Športová 5/Vráble"},
	{"hu", "HU", "Győző Lőrincz/Tűzoltó utca 4/Tatabánya|Gyöngyi Szőke/Szőlő köz 3/Gödöllő|Jenő Vörös/Fűzfa utca 8/Mezőkövesd|Erzsébet Bíró/Kökörcsin út 1/Hódmezővásárhely|Ernő Kőrösi/Hűvös sétány 2/Makó"},
	{"ro", "RO", "Ştefăniţă Mureşan/Strada Căpşunilor 4/Făgăraş|Ioniţă Vîlcu/Aleea Lăcrămioarelor 2/Târgovişte|Mădălina Ţîrlea/Strada Pădurii 1/Bistriţa|Răzvan Crăciun/Strada Morăreşti 3/Oneşti|Cătălina Dănilă/Şoseaua Viilor 8/Mioveni"},
	{"tr", "TR", "Çağrı Gündoğdu/Işıklar Caddesi 4/Muğla|Şükriye Yağcı/Gülbahçe Sokağı 3/Kırıkkale|Oğuzhan Küçük/Çınarlı Mahallesi 9/Niğde|Aslı Karadağ/Şair Eşref Bulvarı 1/İzmir|Hülya Bıyıklı/Değirmen Yolu 2/Nevşehir"},
	{"lv", "LV", "Jānis Zvirbulis/Ķīšu iela 3/Sigulda|Ināra Vītoliņa/Pļavu iela 8/Jēkabpils|Mārīte Āboliņa/Dzērveņu iela 1/Cēsis|Ģirts Siliņš/Ūdensrožu iela 2/Ķegums|Žanis Ērglis/Rīgas iela 9/Līvāni"},
	{"lt", "LT", "Žilvinas Grigaitis/Ąžuolyno gatvė 3/Šiauliai|Jūratė Švedienė/Rūtų gatvė 8/Panevėžys|Česlovas Ūsas/Šviesos takas 1/Kėdainiai|Eglė Žemaitė/Pušų gatvė 2/Mažeikiai|Rūta Kęstutė/Vyšnių gatvė 9/Trakai"},
	{"ru", "RU", "Зинаида Щербакова/улица Зелёная 3/Тверь|Аркадий Жуков/переулок Школьный 8/Рязань|Пётр Цветков/проспект Победы 1/Курск"},
	{"uk", "UA", "Зінаїда Гончарук/вулиця Київська 3/Полтава|Євгенія Їжакевич/провулок Садовий 8/Вінниця|Андрій Щербак/площа Свободи 1/Суми"},
	{"el", "GR", "Ευάγγελος Τσίρκας/Οδός Αγίου Δημητρίου 3/Καβάλα|Θεοδώρα Ξυδάκη/Λεωφόρος Κηφισίας 8/Χανιά"},
	{"he", "IL", "יעקב שפירא/רחוב ויצמן 3/רחובות|שושנה גולדברג/שדרות ירושלים 8/חולון"},
	{"ar", "SA", "سليمان الحربي/شارع التحلية 3/الدمام|نورة القحطاني/طريق الملك فهد 8/الطائف"},
	{"ja", "JP", "見本 太郎/千代田 1-1/東京都|田村 裕子/大手町二丁目 3/横浜市西区|サトウ 健/本町 4-5/札幌市"},
	{"zh", "CN", "张建国/人民路 12 号/苏州市|王小燕/建设大街 8 号/济南市历下区|刘志强/解放北路 3 号/广州市"},
	{"zht", "TW", "陳建宏/中華路一段 12 號/臺南市|林雅惠/復興街 8 號/桃園市中壢區|黃淑芬/民權東路 3 號/台北市"},
	{"ko", "KR", "김철수/중앙로 12/수원시|이영희/한강대로 8/서울특별시 용산구|박정호/해운대로 3/부산광역시"},
}

// inWay writes a text in an encoding; it is not where a letter has no place there.
func inWay(at int, text string) (string, bool) {
	out, err := ways[at].way.NewEncoder().String(text)
	return out, err == nil && ascii([]byte(out)) < len(out)
}

// TestLettersOfAnOldEncoding: the names, streets and towns of a file that is not
// UTF-8 are right, or it is said that they may not be, or the file is refused. Nearly
// all are right, in all ways of all languages.
func TestLettersOfAnOldEncoding(t *testing.T) {
	random := rand.New(rand.NewSource(11))
	for _, rows := range []int{1, 3, 10} {
		right, said, refused := 0, 0, 0
		for at, w := range ways {
			for _, l := range addresses {
				if !slices.Contains(strings.Fields(w.tongues), l.tongue) {
					continue
				}
				for try := range 4 {
					text := "order,sku,qty,name,street,city,country\n"
					all := strings.Split(l.rows, "|")
					for n := range rows {
						text += fmt.Sprintf("%d,MUG,1,%s,%s\n", n+1, strings.ReplaceAll(all[random.Intn(len(all))], "/", ","), []string{"", l.country}[try%2])
					}
					file, ok := inWay(at, text)
					if !ok {
						continue
					}
					orders, rep, err := ReadOrders(t.Context(), strings.NewReader(file), "o.csv", Options{})
					want, _ := readOrders(t, text, "o.csv")
					same := slices.EqualFunc(orders, want, func(a, b station.Order) bool { return a.To == b.To })
					told := slices.ContainsFunc(rep.Warnings, func(r Rejection) bool { return strings.Contains(r.Reason, "letters may be wrong") && r.Row == 2 })
					switch {
					case err != nil && strings.Contains(err.Error(), "save it as UTF-8"):
						refused++
					case err != nil || !same && !told:
						t.Errorf("%s in %s: %.200q, %+v, %v", l.tongue, w.name, fmt.Sprint(orders), rep, err)
					case told:
						said++
					default:
						right++
					}
				}
			}
		}
		t.Logf("%d rows: %d right, %d said, %d refused", rows, right, said, refused)
		if share := float64(right) / float64(right+said+refused); share < 0.9 && rows > 1 || share < 0.8 {
			t.Errorf("of files of %d rows %.2f are right, %d said, %d refused", rows, share, said, refused)
		}
	}
}

// TestLettersAreThoseOfTheWholeFile, of any kind and form.
func TestLettersAreThoseOfTheWholeFile(t *testing.T) {
	text := "sku,name\n"
	for n := range 20_000 {
		text += fmt.Sprintf("A%d,Mug\n", n)
	}
	text += "B,Filiżanka żółta\nC,Łyżka do miodu\nD,Świeczka różana\nE,Kubek błękitny\nF,Dzbanek świąteczny\nG,Łańcuszek złoty\nH,Rękawice wełniane\nI,Książka dziecięca\n"
	file, _ := inWay(1, text)
	items, rep := readProducts(t, file, "p.csv")
	if len(items) != 20_008 || items[20_003].Name != "Kubek błękitny" || len(rep.Warnings) > 0 {
		t.Errorf("%+v, %+v", items[len(items)-1], rep)
	}
	file, _ = inWay(1, `[{"order":"1","sku":"MUG","qty":1,"name":"Łukasz Śliwa","street":"Ulica Źródłowa 1","city":"Łódź","country":"PL"}]`)
	if orders, rep := readOrders(t, file, "o.json"); len(orders) != 1 || orders[0].To.City != "Łódź" {
		t.Errorf("%+v, %+v", orders, rep)
	}
	file, _ = inWay(0, "id,name,role,badge\nA,Jürgen Müller,packer,B-12345\nB,Björn Weiß,packer,B-12346\n")
	people, _, err := ReadPeople(t.Context(), strings.NewReader(file), "p.csv", Options{})
	if err != nil || people[0].Name != "Jürgen Müller" {
		t.Errorf("%+v, %v", people, err)
	}
}

// TestUTF16WithoutAMark is known by its zeros.
func TestUTF16WithoutAMark(t *testing.T) {
	for _, c := range []string{"1,MUG*1,Łukasz Śliwa", "1,MUG*1,見本 太郎"} {
		_, name, _ := strings.Cut(c, "*1,")
		text := "order,sku,qty,name\r\n1,MUG,1," + name + "\r\n"
		for _, order := range []unicode.Endianness{unicode.LittleEndian, unicode.BigEndian} {
			for _, mark := range []unicode.BOMPolicy{unicode.IgnoreBOM, unicode.UseBOM} {
				file, _ := unicode.UTF16(order, mark).NewEncoder().String(text)
				if got := cellsOf(t, "o.csv", file); got != "1 MUG*1 "+name {
					t.Errorf("%v %v: %s", order, mark, got)
				}
			}
		}
	}
}

// TestAFewTextsThatAreNotUTF8 are read as they may be meant, and told of; so are
// letters that were lost before.
func TestAFewTextsThatAreNotUTF8(t *testing.T) {
	const head, tail = "order,sku,qty,name,city,country\n1,MUG,1,Jürgen Groß,Köln,DE\n", "3,MUG,1,Käthe Jäger,Düren,DE\n"
	for _, c := range []struct{ name, text, city, told string }{
		{"a row of Windows-1252", head + "2,MUG,1,J\xf6rg,M\xfcnster,DE\n" + tail, "Münster", `3 name "Jörg": the file is UTF-8 but for some texts`},
		{"one that breaks off", head + "2,MUG,1,Ann,K\xc3,DE\n" + tail, "KÃ", `3 city "KÃ": the file is UTF-8 but for some texts`},
		{"letters that were lost", head + "2,MUG,1,Ann,K\ufffdln,DE\n" + tail, "K\ufffdln", `3 city "K` + "\ufffd" + `ln": letters were lost`},
	} {
		orders, rep := readOrders(t, c.text, "o.csv")
		var told []string
		for _, w := range rep.Warnings {
			if strings.Contains(w.Reason, "UTF-8") {
				told = append(told, fmt.Sprintf("%d %s %s", w.Row, w.Column, w.Reason))
			}
		}
		if len(orders) != 3 || orders[0].To.City != "Köln" || orders[1].To.City != c.city || orders[2].To.City != "Düren" || len(told) != 1 || !strings.HasPrefix(told[0], c.told) {
			t.Errorf("%s: %+v, %q", c.name, orders, told)
		}
	}
	for _, text := range []string{`K\ud83dln`, `K\udc00ln`} { // halves of a pair
		_, rep := readOrders(t, `[{"order":"1","sku":"MUG","qty":1,"city":"`+text+`"}]`, "o.json")
		if !slices.ContainsFunc(rep.Warnings, func(r Rejection) bool { return r.Column == "city" && strings.Contains(r.Reason, "letters were lost") }) {
			t.Errorf("%s: %+v", text, rep)
		}
	}
	orders, rep := readOrders(t, `[{"order":"1","sku":"MUG","qty":1,"city":"Köln \ud83d\ude00"},{"order":"2","sku":"MUG","qty":1,"city":"M`+"\xfc"+`nster"}]`, "o.json")
	if orders[0].To.City != "Köln 😀" || orders[1].To.City != "Münster" || len(rep.Warnings) == 0 {
		t.Errorf("%+v, %+v", orders, rep)
	}
}

// TestLettersOfNoEncoding: what none reads as words is said to be doubtful, or
// refused.
func TestLettersOfNoEncoding(t *testing.T) {
	for _, text := range []string{"Baran\x97w Piast\x97w,Syc\x97w", "N\x87m\x9est\x92,Krist\xf9na \xa7", "\xff\xfe\xfd\xfc,\xfb\xfa", "\x90\x8d\x8f\x81,\x9d"} {
		orders, rep, err := ReadOrders(t.Context(), strings.NewReader("order,sku,qty,name,city\n1,MUG,1,"+text+"\n"), "o.csv", Options{})
		if err == nil && !slices.ContainsFunc(rep.Warnings, func(r Rejection) bool { return strings.Contains(r.Reason, "letters") }) {
			t.Errorf("%q: %+v, %+v", text, orders, rep)
		}
	}
}
