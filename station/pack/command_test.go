package pack

import (
	"reflect"
	"strings"
	"testing"
)

// Scripts, cards and fields give words; the bench has one reading of them.
func TestTheWordsOfACommand(t *testing.T) {
	for words, want := range map[string]Command{
		"undo":                        {Name: "undo"},
		"choose 2":                    {Name: "choose", N: 2},
		"choose -2":                   {Name: "choose"},
		"choose two":                  {Name: "choose"},
		"count 4":                     {Name: "count", N: 4},
		"count 2 4":                   {Name: "count", Value: "2", N: 4},
		"count 2 1000000":             {Name: "count", Value: "2", N: 1_000_000},
		"count 2 1000001":             {Name: "count", Value: "2"},
		"short 2 not-found":           {Name: "short", Value: "2", Reason: "not-found"},
		"short 2 Ms.":                 {Name: "short", Value: "2", Reason: "?"}, // no free note gets into the journal
		"reprint lost":                {Name: "reprint", Reason: "lost"},
		"reprint slip lost":           {Name: "paper", Value: "slip", Reason: "lost"},
		"paper slip":                  {Name: "paper", Value: "slip"},
		"authorise filling":           {Name: "authorise", Reason: "filling"},
		"carton M lost":               {Name: "carton", Value: "M"},
		"next-order 1042":             {Name: "next-order"},
		"driver Driver Sample":        {Name: "driver", Value: "Driver Sample"},
		"reprint-manifest M-1 lost":   {Name: "reprint-manifest", Value: "M-1", Reason: "lost"},
		"dance with-somebody-by-name": {Name: "dance"},
	} {
		all := strings.Fields(words)
		if c := ReadCommand(all[0], all[1:]...); !reflect.DeepEqual(c, want) {
			t.Errorf("%s: %+v, want %+v", words, c, want)
		}
	}
}
