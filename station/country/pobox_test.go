package country

import "testing"

func TestBoxesAtPostOffices(t *testing.T) {
	for _, c := range []struct {
		code, line string
		want       bool
	}{
		{"US", "PO Box 123", true},
		{"US", "P.O. BOX 123", true},
		{"US", "p o box#5", true},
		{"US", "Attn: Ann, P. O. Box 5", true},
		{"US", "POB 77", true},
		{"US", "Post Office Box 12", true},
		{"AU", "Locked Bag 4", true},
		{"ZA", "Private Bag X9", true},
		{"US", "12 Depot Box Lane", false},
		{"US", "Mailbox Street 4", false},
		{"US", "100 Pobox Drive", true}, // nobody calls a street so; better asked than lost
		{"US", "4 Spoboxer Road", false},
		{"DE", "Postfach 10 11 12", true},
		{"DE", "Pf. 4711", true},
		{"DE", "Pfarrgasse 4", false},
		{"DE", "Postfachweg 1", false},
		{"AT", "Postfach", true},
		{"CH", "Case postale 12", true},
		{"FR", "BP 123", true},
		{"FR", "B.P. n° 4", true},
		{"FR", "CS 40001", true},
		{"FR", "12 rue BP", false},
		{"FR", "Boite Postale 7", true},
		{"DE", "BP 4 Tankstelle", false},
		{"ES", "Apartado de Correos 28", true},
		{"ES", "Apdo. 28", true},
		{"ES", "Apartamento 28", false},
		{"ES", "CP 28001 Madrid", false},
		{"IT", "C.P. 12", true},
		{"IT", "Casella Postale 12", true},
		{"BR", "Caixa Postal 9", true},
		{"PT", "Apartado 9", true},
		{"NL", "Postbus 1", true},
		{"NL", "Antwoordnummer 33", true},
		{"DK", "Postboks 5", true},
		{"NO", "Pb. 5 Sentrum", true},
		{"SE", "Box 12", true},
		{"GB", "Box 12 Cottage", false},
		{"FI", "PL 12", true},
		{"PL", "PL 12", false},
		{"PL", "Skr. poczt. 4", true},
		{"CZ", "Poštovní přihrádka 4", true},
		{"HU", "Pf.: 12", false}, // a colon is another matter
		{"HU", "Pf. 12", true},
		{"TR", "P.K. 33", true},
		{"RO", "Căsuța poștală 4", true},
		{"HR", "p.p. 12", true},
		{"GR", "Τ.Θ. 123", true},
		{"RU", "а/я 12", true},
		{"RU", "Абонентский ящик 12", true},
		{"UA", "а/с 12", true},
		{"JP", "中央郵便局私書箱第12号", true},
		{"CN", "邮政信箱12号", true},
		{"KR", "광화문 사서함 12", true},
		{"SA", "ص.ب 123", true},
		{"IL", "ת.ד. 12", true},
		{"DE", "", false},
		{"DE", "Hauptstraße 1", false},
	} {
		if got := IsPOBox(c.code, c.line); got != c.want {
			t.Errorf("%s %q: %v", c.code, c.line, got)
		}
	}
}
