package intake

import (
	"fmt"
	"strings"
	"testing"

	"packbench/station"
)

// BenchmarkImport reads 100,000 order lines, plain ones and ones with letters
// beyond ASCII and texts in quotation marks.
func BenchmarkImport(b *testing.B) {
	for name, row := range map[string]string{
		"plain":  "A%d,MUG-WHITE,2,Ann Test,Lane 1,10115,Berlin,DE\n",
		"quoted": "A%d,MUG-WHITE,2,\"Müller, Jörg\",\"Weg \"\"an der Spree\"\" 1\",10115,Köln,DE\n",
	} {
		b.Run(name, func(b *testing.B) {
			var file strings.Builder
			file.WriteString("order,sku,qty,name,street,postcode,city,country\n")
			for i := range 100_000 {
				fmt.Fprintf(&file, row, i/2)
			}
			b.SetBytes(int64(file.Len()))
			for b.Loop() {
				rep, err := EachOrder(b.Context(), strings.NewReader(file.String()), "o.csv", Options{}, func(station.Order) error { return nil })
				if err != nil || rep.Bad() > 0 {
					b.Fatal(rep, err)
				}
			}
		})
	}
}
