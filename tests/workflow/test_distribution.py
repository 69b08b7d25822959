"""Checking what the wheel and the sdist hold."""

from workflow.distribution import SDIST_FILES, package_files, sdist_faults, wheel_faults


def _source(name: str) -> str:
    return "generated" if name.startswith("run_steps_api/") else "overlays"


METADATA = ["METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE"]
WHEEL = [*package_files(), *(f"run_steps-0.1.0.dist-info/{name}" for name in METADATA)]
SDIST = [
    *(f"run_steps-0.1.0/{_source(name)}/{name}" for name in package_files()),
    *(f"run_steps-0.1.0/{name}" for name in SDIST_FILES),
]


def test_whole_distributions_have_no_faults() -> None:
    """Both packages with their type markers, the license and the entry point are what a wheel needs."""
    assert {"run_steps/py.typed", "run_steps_api/py.typed"} <= package_files()
    assert wheel_faults(WHEEL) == []
    assert sdist_faults(SDIST) == []


def test_missing_and_strange_files_are_named() -> None:
    """A forgotten type marker, a stray test and a missing contract are each named."""
    assert wheel_faults([name for name in WHEEL if name != "run_steps/py.typed"]) == [
        "wheel: run_steps/py.typed is missing"
    ]
    assert wheel_faults([*WHEEL, "tests/test_x.py"]) == ["wheel: tests/test_x.py does not belong there"]
    assert wheel_faults(WHEEL[:-1]) == ["wheel: the metadata lacks licenses/LICENSE"]
    assert sdist_faults([name for name in SDIST if not name.endswith("openapi.yaml")]) == [
        "sdist: openapi.yaml is missing"
    ]
