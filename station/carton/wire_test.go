package carton

import (
	"slices"
	"strings"
	"testing"
)

// A field that means nothing is named: what it asked for is not done.
func TestUnknownFieldsAreNamed(t *testing.T) {
	line := `{"id":1,"boxes":[{"id":"S","inner":[100,100,100],"colour":"red"}],"items":[{"id":"a","dim":[10,10,10],"fragil":true},{"id":"b","dim":[10,10,10],"fragil":true,"FRAGILE":true}],"margin":5}`
	p, _, err := ReadProblem([]byte(line))
	if want := []string{"boxes.colour", "items.fragil", "margin"}; err != nil || !slices.Equal(p.Unknown, want) {
		t.Errorf("%v, %v", p.Unknown, err)
	}
	out, err := WriteSolution(p, Solve(p, nil), 0)
	if err != nil || !strings.Contains(string(out), `"warnings":["\"boxes.colour\" is no field of a problem, and changed nothing"`) {
		t.Errorf("%s, %v", out, err)
	}
	clean := strings.NewReplacer(`,"colour":"red"`, "", `,"fragil":true`, "", `,"margin":5`, "").Replace(line)
	if p, _, err := ReadProblem([]byte(clean)); err != nil || len(p.Unknown) > 0 {
		t.Errorf("%v, %v", p.Unknown, err)
	}
}
