package gs1

import (
	"strings"
	"testing"
)

// epcCases. TDS: the GS1 EPC Tag Data Standard 1.13, E.3, also in the tests of
// many public libraries. The two marked with a library are in its public tests.
// All others were put together bit by bit from the tables of the standard, one
// for each partition value; every check digit was worked out apart from this
// package.
var epcCases = []struct{ name, in, want string }{
	{"TDS E.3 SGTIN-96", "3074257BF7194E4000001A85", "(01)80614141123458(21)6789"},
	{"TDS E.3 SSCC-96", "3174257BF4499602D2000000", "(00)106141412345678908"},
	{"small letters", "3074257bf7194e4000001a85", "(01)80614141123458(21)6789"},
	{"epctagcoder SSCC", "311BA1B300CE0A6A83000000", "(00)095201234567891235"},
	{"ltk SSCC", "317400C0E4BB40E618000000", "(00)300123451415926002"},
	{"SGTIN 0, largest serial", "302376BBEBCDC47FFFFFFFFF", "(01)19521234543210(21)274877906943"},
	{"SGTIN 1", "3026C563230B044000000001", "(01)19521234543272(21)1"},
	{"SGTIN 2", "302A3782826F1AC000000002", "(01)19521234543074(21)2"},
	{"SGTIN 3", "302F8C0403E0FBC000000003", "(01)19521234540073(21)3"},
	{"SGTIN 4", "3032D6699C89C5C000000004", "(01)19521234500077(21)4"},
	{"SGTIN 5", "303645214861A9C000000005", "(01)19521234000072(21)5"},
	{"SGTIN 6", "303BA1CEC3D091C000000006", "(01)19521230000076(21)6"},
	{"SGTIN, serial 0", "3034257BF7194E4000000000", "(01)80614141123458(21)0"},
	{"SSCC 0", "314376BBEBCDC47537000000", "(00)395212345432100073"},
	{"SSCC 1", "3146C563230B0493E7000000", "(00)395212345432000076"},
	{"SSCC 2", "314A3782826F2DC6C7000000", "(00)395212345430000078"},
	{"SSCC 3", "314F8C0403E1C9C387000000", "(00)395212345400000077"},
	{"SSCC 4", "3152D6699C91E1A307000000", "(00)395212345000000071"},
	{"SSCC 5", "3156452148B2D05E07000000", "(00)395212340000000076"},
	{"SSCC 6", "315BA1CEC6FC23AC07000000", "(00)395212300000000070"},

	{"partition 7", "301F257BF7194E4000001A85", "error: EPC 301F257BF7194E4000001A85: the tag was written wrong (partition 7)"},
	{"SSCC, partition 7", "317C57BF4499602D20000000", "error: EPC 317C57BF4499602D20000000: the tag was written wrong (partition 7)"},
	{"company prefix of 8 digits in the place for 7", "3037FFFFFFD94E4000001A85", "error: EPC 3037FFFFFFD94E4000001A85: the tag was written wrong (a number has too many digits)"},
	{"reference of 7 digits in the place for 6", "3034257BFFFFFFC000001A85", "error: EPC 3034257BFFFFFFC000001A85: the tag was written wrong (a number has too many digits)"},
	{"all zeros", "300000000000000000000001", "error: EPC 300000000000000000000001: the number is all zeros"},
	{"SSCC with a tail", "3174257BF4499602D2000001", "error: EPC 3174257BF4499602D2000001: the tag was written wrong (its last 24 bits are not zero)"},
	{"GRAI-96", "3374257BF40C0E400000162E", "error: EPC 3374257BF40C0E400000162E: the tag names neither an article nor a parcel (header 33)"},
	{"blank tag", "000000000000000000000000", "error: EPC 000000000000000000000000: the tag names neither an article nor a parcel (header 00)"},
	{"too short", "3074257BF7194E4000001A8", `error: EPC "3074257BF7194E4000001A8": it must have 24 hex digits`},
	{"too long", "3074257BF7194E4000001A8500", `error: EPC "3074257BF7194E4000001A8500": it must have 24 hex digits`},
	{"no hex", "3074257BF7194E4000001A8G", `error: EPC "3074257BF7194E4000001A8G": it must have hex digits only`},
	{"a sign between digits and letters", "3074257BF7194E4000001A8:", `error: EPC "3074257BF7194E4000001A8:": it must have hex digits only`},
	{"a sign before the small letters", "`074257BF7194E4000001A85", "error: EPC \"`074257BF7194E4000001A85\": it must have hex digits only"},
	{"a small letter too far", "3074257BF7194E4000001A8g", `error: EPC "3074257BF7194E4000001A8g": it must have hex digits only`},
	{"empty", "", `error: EPC "": it must have 24 hex digits`},
}

func TestParseEPC(t *testing.T) {
	for _, c := range epcCases {
		t.Run(c.name, func(t *testing.T) {
			es, err := ParseEPC(c.in)
			got := es.String()
			if err != nil {
				got = "error: " + err.Error()
			}
			if got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

// FuzzEPC: what is read is a good element string, whatever the bits are.
func FuzzEPC(f *testing.F) {
	for _, c := range epcCases {
		f.Add(c.in)
	}
	f.Fuzz(func(t *testing.T, in string) {
		es, err := ParseEPC(in)
		if err != nil {
			if strings.ContainsAny(err.Error(), "\r\n\x00") {
				t.Fatalf("the error %q holds control bytes", err)
			}
			return
		}
		sameEncoded(t, es)
	})
}
