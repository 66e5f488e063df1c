package station_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// TestMigrationsAreOnlyAdded: a data folder knows how many migrations it has seen, so
// a new one comes behind all others, under the next number and no other.
func TestMigrationsAreOnlyAdded(t *testing.T) {
	files, err := os.ReadDir("store/migrations")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for i, f := range files {
		if want := fmt.Sprintf("%04d_", i+1); !strings.HasPrefix(f.Name(), want) {
			t.Errorf("%s: its name must begin with %s; what is on main already keeps its number", f.Name(), want)
		}
	}
}
