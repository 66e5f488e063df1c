package caserules

import (
	"strconv"
	"testing"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/station/config"
	"packbench/station/pack"
	"packbench/station/unit"
)

func refused(code pack.Code, id string) []pack.Fact {
	v := pack.Verdict{Kind: pack.Refused, Code: code, Scanned: "4000000000006", Case: id}
	if code == pack.CodeWrongItem {
		return []pack.Fact{pack.RefusalCounted{}, pack.Judged{Verdict: v}}
	}
	return []pack.Fact{pack.Judged{Verdict: v}}
}

func good() []pack.Fact {
	return []pack.Fact{pack.RefusalsCleared{}, pack.Judged{Verdict: pack.Verdict{Kind: pack.Accepted, Code: pack.CodeItem}}}
}

// week is a folder in whose last week two wrong items came in a row and one alone, three
// locked another bench, a code was not known twice, and two weights were off by 20 and
// 300 g; a month ago there was more.
func week(t *testing.T) *folder.Folder {
	t.Helper()
	d := foldertest.Shop(t)
	w, next := foldertest.NewWriter(t, d, "S1"), foldertest.NewWriter(t, d, "S2")
	w.WriteAt(d.Clock().AddDate(0, -1, 0), refused(pack.CodeWrongItem, "S1.1")...)
	w.Write(good()...)
	off := func(by unit.Mass) []pack.Fact {
		return []pack.Fact{pack.Judged{Verdict: pack.Verdict{Kind: pack.Refused, Code: pack.CodeWeightOff, Case: "c", Weight: &pack.Weight{Mass: 1000*unit.Gram - by, Expected: 1000 * unit.Gram}}}}
	}
	for _, facts := range [][]pack.Fact{
		refused(pack.CodeWrongItem, "c"), refused(pack.CodeWrongItem, "c"), good(), refused(pack.CodeWrongItem, "c"), good(),
		refused(pack.CodeUnknownCode, "c"),
		{pack.Judged{Verdict: pack.Verdict{Kind: pack.Info, Code: pack.CodeWeightZero}}},
		refused(pack.CodeUnknownCode, ""), good(),
		off(20 * unit.Gram), off(-300 * unit.Gram),
	} {
		w.Write(facts...)
	}
	for range 3 {
		next.Write(refused(pack.CodeWrongItem, "c")...)
	}
	return d
}

// A dry run says of each rule how many mismatches there were, how many became cases, and
// how many would: in a row means that nothing right came between, and what locked a bench
// is always a case.
func TestTryingRulesOnTheLastWeek(t *testing.T) {
	d := week(t)
	for _, c := range []struct {
		what               string
		set                map[string]string
		wrong, code, weigh Tried
	}{
		{"as shipped", nil, Tried{Met: 6, Were: 6, Would: 6}, Tried{Met: 2, Were: 1, Would: 2}, Tried{Met: 2, Were: 2, Would: 2}},
		{"two in a row", map[string]string{"wrong_item": "2", "unknown_code": "2", "weight_off": "2"}, Tried{Met: 6, Were: 6, Would: 3}, Tried{Met: 2, Were: 1, Would: 1}, Tried{Met: 2, Were: 2, Would: 1}},
		{"never", map[string]string{"wrong_item": "0", "unknown_code": "0", "weight_off": "0"}, Tried{Met: 6, Were: 6, Would: 1}, Tried{Met: 2, Were: 1}, Tried{Met: 2, Were: 2}},
		{"by much", map[string]string{"weight_off_g": "20.1"}, Tried{Met: 6, Were: 6, Would: 6}, Tried{Met: 2, Were: 1, Would: 2}, Tried{Met: 2, Were: 2, Would: 1}},
		{"by just so much", map[string]string{"weight_off_g": "20"}, Tried{Met: 6, Were: 6, Would: 6}, Tried{Met: 2, Were: 1, Would: 2}, Tried{Met: 2, Were: 2, Would: 2}},
	} {
		s := config.Default()
		for key, value := range c.set {
			if err := Set(&s, key, value); err != nil {
				t.Fatal(err)
			}
		}
		got, err := Try(t.Context(), d, s.Cases, 3, 7)
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range []Tried{c.wrong, c.code, c.weigh} {
			want.Rule, want.Means = got[i].Rule, got[i].Means
			if got[i] != want {
				t.Errorf("%s: %+v, want %+v", c.what, got[i], want)
			}
		}
	}
}

// Default settings are the machine's zero rules: journals of before stay as they are.
func TestShippedRulesAreNone(t *testing.T) {
	if got := Of(config.Default().Cases); got != (pack.CaseRules{}) {
		t.Errorf("shipped rules are %+v", got)
	}
	s := config.Default()
	for key, value := range map[string]string{"wrong_item": "11", "short": "-1", "weight_off_g": "-1", "damaged": "perhaps", "locks": "0"} {
		if err := Set(&s, key, value); err == nil {
			t.Errorf("%s = %s is taken", key, value)
		}
		s = config.Default()
	}
}

// A row as long as the machine remembers can be set, and no longer one.
func TestTheLongestRowIsWhatTheMachineRemembers(t *testing.T) {
	for _, key := range []string{"wrong_item", "unknown_code", "weight_off"} {
		s := config.Default()
		if err := Set(&s, key, strconv.Itoa(pack.MostInARow)); err != nil {
			t.Errorf("%s: %v", key, err)
		}
		if Set(&s, key, strconv.Itoa(pack.MostInARow+1)) == nil {
			t.Errorf("%s waits for more than the machine remembers", key)
		}
	}
}
