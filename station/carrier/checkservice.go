package carrier

import (
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"
	"time"

	"packbench/station/unit"
)

// percent is one in a hundred, in hundred thousandths.
const percent = 1_000

func (r *reader) service(f fileService) Service {
	place, path := r.place, r.path
	s := Service{
		ID: f.ID, Name: f.Name, From: f.From, To: f.To, FuelPermille: f.FuelPermille, MayFall: f.MayFall,
		Dangerous: f.Dangerous, Reliability: f.Reliability, Customs: f.Customs, Lost: f.Lost, Signs: f.Signature,
	}
	r.id("id", f.ID)
	if f.Customs != "" && f.Customs != "cn23" && f.Customs != "invoice" {
		r.fault("customs %q is neither \"cn23\" nor \"invoice\"", clip(f.Customs))
	}
	if f.Name == "" {
		r.fault("the name is missing")
	}
	r.valid(f)
	r.cutOffs(f, &s)
	if f.FuelPermille < 0 || f.FuelPermille > maxFuel {
		r.fault("fuel_permille %d is outside 0 to %d", f.FuelPermille, maxFuel)
	}
	r.permille("reliability", f.Reliability)
	if f.LateCost != "" {
		s.LateCost = r.money("late_cost", f.LateCost)
	}
	if f.Lost < 0 || f.Lost > 1_000_000 {
		r.fault("lost_per_million %d is outside 0 to 1000000", f.Lost)
	}
	if f.Liability != "" {
		s.Liability = r.money("liability", f.Liability)
	}
	if f.Minimum != "" {
		s.Minimum = r.money("minimum", f.Minimum)
	}
	for _, t := range f.Tax {
		s.Taxes = append(s.Taxes, Tax{r.share("tax", t.Percent), r.places(t.Countries)})
	}
	r.sizes(f, &s)
	s.Excludes = Excludes{f.Excludes.POBoxes, f.Excludes.Military, r.at(place+", excludes", path+".excludes").areas(f.Excludes.Areas)}
	s.excluded = r.indexed(s.Excludes.Areas)
	for i, x := range f.Surcharges {
		s.Surcharges = append(s.Surcharges, r.at(fmt.Sprintf("%s, surcharge %s", place, name(x.Name, i)), fmt.Sprintf("%s.surcharges[%d]", path, i)).surcharge(x))
	}
	r.at(place, path).ordered(&s)
	if len(f.Zones) == 0 {
		r.fault("there is no zone")
	}
	for i, z := range f.Zones {
		s.Zones = append(s.Zones, r.at(place+", zone "+name(z.ID, i), fmt.Sprintf("%s.zones[%d]", path, i)).zone(z, f.MayFall))
	}
	r.at(place, path).link(&s)
	return s
}

func (r *reader) valid(f fileService) {
	if f.From != "" && !isDay(f.From) {
		r.fault("effective_from %q is not a day such as \"2026-01-01\"", clip(f.From))
	}
	switch {
	case f.To == "":
	case !isDay(f.To):
		r.fault("valid_to %q is not a day such as \"2026-12-31\"", clip(f.To))
	case f.To < f.From:
		r.fault("valid_to %s comes before effective_from %s", f.To, f.From)
	}
}

func (r *reader) cutOffs(f fileService, s *Service) {
	var err error
	if s.CutOff, err = minutes(f.CutOff); err != nil {
		r.fault("cut_off: %v", err)
	}
	for _, day := range slices.Sorted(maps.Keys(f.CutOffs)) {
		on := slices.Index(weekdays, strings.ToLower(day))
		if on < 0 {
			r.fault("cut_offs: %q is not one of %s", clip(day), strings.Join(weekdays, ", "))
			continue
		}
		minute := -1
		if text := f.CutOffs[day]; text != "none" {
			if minute, err = minutes(text); err != nil {
				r.fault("cut_offs, %s: %v; or \"none\"", clip(day), err)
			}
		}
		if s.CutOffs == nil {
			s.CutOffs = map[time.Weekday]int{}
		}
		s.CutOffs[time.Weekday(on)] = minute
	}
}

// weekdays are the names of days, by time.Weekday.
var weekdays = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// sizes reads limits, and how mass and edges are rounded.
func (r *reader) sizes(f fileService, s *Service) {
	s.MaxMass = r.mass("max_mass", f.MaxMass)
	s.MaxGirth = r.length("max_girth", f.MaxGirth)
	s.EdgeStep = r.length("edge_step", f.EdgeStep)
	switch len(f.MaxSize) {
	case 0:
	case 3:
		s.MaxSize = unit.Size{
			Width: r.length("max_size", f.MaxSize[0]), Length: r.length("max_size", f.MaxSize[1]), Depth: r.length("max_size", f.MaxSize[2]),
		}
	default:
		r.fault("max_size needs three lengths")
	}
	if s.Step = r.mass("step", f.Step); s.Step > 0 {
		s.steps = r.exact("step", f.Step)
	}
	s.Divisor = f.Divisor.number
	if s.Divisor < 0 || s.Divisor > maxDivisor || s.Divisor > 0 && s.Divisor < 1000 {
		r.fault("divisor %d: write cubic millimetres a kilogram, such as 5000000", s.Divisor)
	}
	if f.Divisor.text != "" {
		s.dim = r.divisor(f.Divisor.text)
	}
	s.DimOverVolume = r.volume("dim_over_volume", f.DimOverVolume)
	s.DimOverMass = r.mass("dim_over_mass", f.DimOverMass)
	if (f.DimOverVolume != "" || f.DimOverMass != "") && s.Divisor == 0 && f.Divisor.text == "" {
		r.fault("dim_over_volume and dim_over_mass need a divisor")
	}
}

// exact reads a mass without rounding it to milligrams.
func (r *reader) exact(what, text string) ratio {
	m, err := unit.ExactMass(text)
	if err != nil || m.Sign() <= 0 {
		return ratio{} // that is told already
	}
	if !m.Num().IsInt64() || m.Denom().Cmp(big.NewInt(1_000_000)) > 0 {
		r.fault("%s %q is too fine", what, clip(text))
		return ratio{}
	}
	return ratio{m.Num().Int64(), m.Denom().Int64()}
}

// divisor reads "139 in3/lb" or "5000 cm³/kg": what volume bills as a mass.
func (r *reader) divisor(text string) ratio {
	volume, mass, ok := strings.Cut(text, "/")
	if mass = strings.TrimSpace(mass); mass != "" && (mass[0] < '0' || mass[0] > '9') {
		mass = "1 " + mass
	}
	v, err := cubic(volume)
	m, wrong := unit.ExactMass(mass)
	if !ok || err != nil || wrong != nil || v.Sign() <= 0 || m.Sign() <= 0 {
		r.fault("divisor %q is not a volume for a mass such as \"139 in3/lb\" or \"5000 cm3/kg\"", clip(text))
		return ratio{}
	}
	each := m.Quo(m, v)
	perKilogram := new(big.Rat).Quo(new(big.Rat).SetInt64(int64(unit.Kilogram)), each) // thousandths of mm³
	if !each.Num().IsInt64() || !each.Denom().IsInt64() || each.Denom().Cmp(big.NewInt(1<<60)) > 0 ||
		perKilogram.Cmp(big.NewRat(1_000_000, 1)) < 0 || perKilogram.Cmp(big.NewRat(maxDivisor*1000, 1)) > 0 {
		r.fault("divisor %q is out of range", clip(text))
		return ratio{}
	}
	return ratio{each.Num().Int64(), each.Denom().Int64()}
}

// cubic reads a volume in thousandths of cubic millimetres.
func cubic(text string) (*big.Rat, error) {
	text = strings.NewReplacer("³", "3", "^3", "3").Replace(strings.TrimSpace(text))
	end := strings.TrimLeft(text, "0123456789.")
	each, ok := map[string]int64{"mm3": 1_000, "cm3": 1_000_000, "l": 1_000_000_000, "dm3": 1_000_000_000, "m3": 1_000_000_000_000, "in3": 16_387_064, "ft3": 28_316_846_592}[strings.ToLower(strings.TrimSpace(end))]
	number := text[:len(text)-len(end)]
	v, fine := new(big.Rat).SetString(number)
	if !ok || !fine || len(number) > 20 {
		return nil, fmt.Errorf("%q is not a volume such as \"1728 in3\" or \"0.1 m3\"", clip(text))
	}
	return v.Mul(v, new(big.Rat).SetInt64(each)), nil
}

func (r *reader) volume(what, text string) int64 {
	if text == "" {
		return 0
	}
	v, err := cubic(text)
	if err == nil && (v.Sign() <= 0 || v.Cmp(big.NewRat(1000*maxVolume, 1)) > 0) {
		err = fmt.Errorf("%q is outside 1 mm³ to 1000 m³", clip(text))
	}
	if err != nil {
		r.fault("%s: %v", what, err)
		return 0
	}
	return new(big.Int).Quo(v.Num(), v.Denom()).Int64()
}

// share reads a percent, "14.25", with up to three decimals.
func (r *reader) share(what, text string) int64 {
	v, ok := new(big.Rat).SetString(text)
	plain := len(text) <= 12 && strings.Trim(text, "0123456789.") == ""
	if ok && plain {
		v.Mul(v, big.NewRat(percent, 1))
	}
	if !ok || !plain || !v.IsInt() {
		r.fault("%s: %q is not a percent such as \"14.25\"", what, clip(text))
		return 0
	}
	if v.Cmp(big.NewRat(maxPercent, 1)) > 0 {
		r.fault("%s: %s percent is more than %d", what, clip(text), maxPercent/percent)
		return 0
	}
	return v.Num().Int64()
}
